import { isForRecords } from '../../mounts.ts';
import type { Rule } from '../../rule.ts';

export const recordsInThePod: Rule = {
  code: 'KK021',
  title: 'A broker whose records are in its pod',
  severity: 'warning',
  confidence: 'high',
  production: true,
  story:
    'A node is drained, its pod starts elsewhere with an empty disk, and copies everything from the others; when two are moved within that hour, partitions lose all their copies.',
  source: "Kubernetes' documentation, Volumes, emptyDir",
  noFix: 'which storage class there is, and how large a volume must be, is not in the file',
  *check({ landscape }) {
    for (const { runs, by, mounts, name } of landscape.workloads) {
      if (runs !== 'broker' || by === 'service') continue;
      const empty = mounts.find(
        (one) => (one.kind === 'anonymous' || one.kind === 'tmpfs') && isForRecords(one),
      );
      if (empty)
        yield {
          at: empty.at,
          says: `${name} has an emptyDir at ${empty.target}, which goes when its pod does.`,
          next: 'volumeClaimTemplates of a StatefulSet.',
        };
    }
  },
};
