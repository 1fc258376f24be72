import { clusterIdOf } from '../../cluster-id.ts';
import { clustersOf } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';

export const clusterOfTwoIds: Rule = {
  code: 'KR018',
  title: 'Nodes of one cluster with different ids of it',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'Each node formats its disk with the id it was given, and they refuse each other for ever: INCONSISTENT_CLUSTER_ID, until the disks are emptied.',
  source: 'KafkaRaftClient (INCONSISTENT_CLUSTER_ID)',
  noFix: 'What was formatted with an id keeps it.',
  *check(known) {
    for (const { nodes } of clustersOf(known)) {
      const ids = nodes.flatMap(({ workload }) => (workload && clusterIdOf(workload)) ?? []);
      const [first, ...others] = ids;
      const text = first && 'known' in first.value ? first.value.known : undefined;
      const other = others.find(({ value }) => 'known' in value && value.known !== text);
      if (first && other && text !== undefined)
        yield {
          at: other.valueAt,
          says: `The id of the cluster is ${'known' in other.value ? other.value.known : ''} here, and ${text} at another node.`,
          next: 'Give all nodes the same.',
          also: [{ at: first.valueAt, says: 'The other one.' }],
        };
    }
  },
};
