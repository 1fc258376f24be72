import { clusterIdOf } from '../../cluster-id.ts';
import type { Rule } from '../../rule.ts';

/** Those that stand in Confluent's examples, in Kafka's images and in Bitnami's documentation. */
const wellKnown: ReadonlySet<string> = new Set([
  'MkU3OEVBNTcwNTJENDM2Qk',
  '4L6g3nShT-eMCtK--X86sw',
  '5L6g3nShT-eMCtK--X86sw',
  'abcdefghijklmnopqrstuv',
]);

export const idOfATutorial: Rule = {
  code: 'KR008',
  title: 'The id of a cluster that a thousand others have',
  severity: 'warning',
  confidence: 'high',
  production: 'named',
  story:
    'The id is what keeps a broker from the wrong cluster. A copied address sends one of the test machines to production, and it is let in, with the topics that it believes in.',
  source: 'Kafka\'s docker/resources/common-scripts/configureDefaults: "Replace CLUSTER_ID"',
  noFix: 'What was formatted with an id keeps it.',
  *check({ landscape }) {
    const said = new Set<string>();
    for (const workload of landscape.workloads) {
      const id = clusterIdOf(workload);
      const text = id && 'known' in id.value ? id.value.known : '';
      if (!id || !wellKnown.has(text) || said.has(workload.network)) continue;
      said.add(workload.network);
      yield {
        at: id.valueAt,
        says: `${text} is the cluster id of an example.`,
        next: 'Before the disks are formatted: kafka-storage.sh random-uuid.',
      };
    }
  },
};
