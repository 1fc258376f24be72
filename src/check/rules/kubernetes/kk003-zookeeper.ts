import { textIn } from '../../../landscape/node-pools.ts';
import { has, ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

export const strimziZooKeeper: Rule = {
  code: 'KK003',
  title: 'A cluster that Strimzi would run with ZooKeeper',
  severity: 'error',
  confidence: 'high',
  guards: ['kraft-only'],
  story:
    'The operator is upgraded past 0.45 and takes no more care of this cluster: certificates run out, a broken broker stays away, and no version of the operator leads from ZooKeeper to KRaft any longer.',
  source: "Strimzi's CHANGELOG, 0.46.0: support for ZooKeeper and for the migration removed",
  noFix: 'a cluster is moved to KRaft step by step, with Strimzi 0.45',
  *check(known) {
    for (const kafka of ofStrimzi(known, 'Kafka')) {
      // Before 0.46 the schema demanded it also of a cluster in KRaft mode.
      const mode = textIn(kafka, 'metadata.annotations.strimzi.io/kraft');
      const place =
        kafka.fields.get('spec.zookeeper.replicas') ??
        kafka.fields.get('spec.zookeeper.storage.type');
      if (!place || !has(kafka, 'spec.zookeeper') || mode !== undefined) continue;
      yield {
        at: place.at,
        says: `${kafka.name || 'This cluster'} has spec.zookeeper; since Strimzi 0.46 there is only KRaft.`,
        next: 'Describe nodes by KafkaNodePools with roles; a running cluster is migrated with Strimzi 0.45 first.',
      };
    }
  },
};
