import rdkafka, { type TopicDescription } from '@confluentinc/kafka-javascript';
import { answer, ANSWER_MS, connectionConfig, listeners } from './client.ts';
import type { Cluster } from './cluster.ts';

/** Asks the brokers how many partitions a topic has. */
export interface TopicMetadata {
  /** Rejects at once when there is no answer. */
  partitionsOf(topic: string): Promise<number>;
  close(): Promise<void>;
}

export function topicMetadata(cluster: Cluster): TopicMetadata {
  const admin = rdkafka.AdminClient.create(connectionConfig(cluster), listeners(cluster));
  return {
    async partitionsOf(topic) {
      const [found] = await answer<TopicDescription[]>((done) => {
        admin.describeTopics([topic], { timeout: ANSWER_MS }, done);
      });
      if (found?.error) {
        throw Object.assign(new Error(found.error.message), { code: found.error.code });
      }
      return found?.partitions.length ?? 0;
    },
    close: () => {
      admin.disconnect();
      return Promise.resolve();
    },
  };
}
