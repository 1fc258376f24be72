import { Base } from '@platformatic/kafka';
import { clientOptions } from './client.ts';
import type { Cluster } from './cluster.ts';

/** Asks the brokers how many partitions a topic has. */
export interface TopicMetadata {
  /** Rejects at once when there is no answer. */
  partitionsOf(topic: string): Promise<number>;
  close(): Promise<void>;
}

export function topicMetadata(cluster: Cluster): TopicMetadata {
  const client = new Base(clientOptions(cluster));
  return {
    async partitionsOf(topic) {
      const answer = await client.metadata({ topics: [topic], forceUpdate: true, retries: 0 });
      return answer.topics.get(topic)?.partitionsCount ?? 0;
    },
    close: () => client.close(),
  };
}
