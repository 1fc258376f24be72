import rdkafka, {
  type KafkaConsumer,
  type LibrdKafkaError,
  type TopicPartition,
  type TopicPartitionOffset,
} from '@confluentinc/kafka-javascript';
import type { GroupSettings } from '../service/settings.ts';
import { connectionConfig, listen } from './client.ts';
import type { Cluster } from './cluster.ts';
import { consumerConfig, topicConfig } from './consumer-options.ts';

type Done = (error: LibrdKafkaError, nothing: undefined) => void;

/** What the client has, and its types leave out. */
export interface NativeConsumer extends KafkaConsumer {
  incrementalAssign(partitions: TopicPartition[]): void;
  incrementalUnassign(partitions: TopicPartition[]): void;
  /** Only to be asked in a rebalance: others may own the partitions already. */
  assignmentLost(): boolean;
  commitCb(offsets: TopicPartitionOffset[], done: Done): void;
  /** Or a poll would wait for its time-out whenever there are fewer records than it may return. */
  setDefaultIsTimeoutOnlyForFirstMessage(only: boolean): void;
}

export type OnRebalance = (error: LibrdKafkaError, partitions: TopicPartition[]) => void;

export function nativeConsumer(
  cluster: Cluster,
  group: GroupSettings,
  onRebalance: OnRebalance,
): NativeConsumer {
  const config = {
    ...connectionConfig(cluster),
    ...consumerConfig(group),
    rebalance_cb: onRebalance,
  };
  const consumer = new rdkafka.KafkaConsumer(config, topicConfig) as NativeConsumer;
  consumer.setDefaultIsTimeoutOnlyForFirstMessage(true);
  listen(consumer, cluster);
  return consumer;
}
