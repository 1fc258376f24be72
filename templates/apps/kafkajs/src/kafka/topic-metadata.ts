import { kafkaClient } from './client.ts';
import type { Cluster } from './cluster.ts';

/** Asks the brokers how many partitions a topic has. */
export interface TopicMetadata {
  /** Rejects at once when there is no answer. */
  partitionsOf(topic: string): Promise<number>;
  close(): Promise<void>;
}

export function topicMetadata(cluster: Cluster): TopicMetadata {
  const admin = kafkaClient(cluster).admin({ retry: { retries: 0 } });
  return {
    async partitionsOf(topic) {
      // Does nothing while it is connected, and connects again after a broker was away.
      await admin.connect();
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics[0]?.partitions.length ?? 0;
    },
    close: () => admin.disconnect(),
  };
}
