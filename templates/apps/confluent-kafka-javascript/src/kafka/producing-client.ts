import rdkafka, {
  type DeliveryReport,
  type Metadata,
  type Producer,
  type ProducerGlobalConfig,
  type ProducerTopicConfig,
} from '@confluentinc/kafka-javascript';
import { answer, ANSWER_MS, connectionConfig, durable, listen } from './client.ts';
import type { Cluster } from './cluster.ts';
import { messageHeaders } from './messages.ts';
import type { OutgoingRecord } from './records.ts';

/** What a message carries along until its delivery report. */
interface Reported {
  resolve: (offset: number) => void;
  reject: (error: unknown) => void;
}

/** Connects an idempotent producer; throws if no broker answers. */
export async function connectProducer(
  cluster: Cluster,
  config: ProducerGlobalConfig & ProducerTopicConfig,
): Promise<Producer> {
  const producer = new rdkafka.Producer({ ...connectionConfig(cluster), ...durable, ...config });
  listen(producer, cluster);
  producer.on('delivery-report', (error, { opaque, offset }: DeliveryReport) => {
    const { resolve, reject } = opaque as Reported;
    if (error as unknown) {
      reject(error);
    } else {
      resolve(offset);
    }
  });
  await answer<Metadata>((done) => producer.connect({ timeout: ANSWER_MS }, done));
  cluster.reached();
  // Reports come when they are there, and not with the next poll.
  producer.setPollInBackground(true);
  return producer;
}

/** Resolves with the record's offset once all in-sync replicas have it. */
export function produce(
  producer: Producer,
  topic: string,
  partition: number,
  record: OutgoingRecord,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const reported: Reported = { resolve, reject };
    const { key, value } = record;
    producer.produce(topic, partition, value, key, null, reported, messageHeaders(record));
  });
}

/** Waits for all of them, also when one has failed: nothing of a send may be under way after it. */
export async function acknowledged(sent: readonly Promise<number>[]): Promise<number[]> {
  await Promise.allSettled(sent);
  return Promise.all(sent);
}

export async function disconnect(producer: Producer): Promise<void> {
  await answer((done) => producer.disconnect(ANSWER_MS, done));
}
