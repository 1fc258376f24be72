import type { Rule } from '../../rule.ts';
import { called, copiesOf } from '../../topics.ts';

export const oneCopy: Rule = {
  code: 'KT001',
  title: 'A topic with one copy of each record',
  severity: 'error',
  confidence: 'high',
  production: true,
  guards: ['replication'],
  story:
    'One broker is restarted, and its partitions of this topic are away until it is back; its disk fails, and they are gone.',
  source: "Kafka's documentation, Replication; TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG",
  noFix: 'copies are made by reassignment, which moves data',
  *check({ landscape }) {
    for (const topic of landscape.topics) {
      const { replicationFactor } = topic;
      if (!replicationFactor || copiesOf(topic) !== 1) continue;
      yield {
        at: replicationFactor.at,
        says: `${called(topic)} has a replication factor of 1.`,
        next: 'Three copies, and min.insync.replicas=2; or leave it to the default of the brokers.',
      };
    }
  },
};
