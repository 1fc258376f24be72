import { brokersOf, clustersAndLoners } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';
import { effective, numberOf } from '../../settings.ts';

const key = 'min.insync.replicas';

export const oneInSync: Rule = {
  code: 'KB004',
  title: 'One copy is enough to acknowledge',
  severity: 'warning',
  confidence: 'high',
  production: true,
  guards: ['replication', 'acks-all'],
  story:
    'Two of three brokers are slow, and the leader alone goes on acknowledging, also to producers with acks=all. Then its disk fails: what was acknowledged in that hour is nowhere else.',
  source: 'TopicConfig.MIN_IN_SYNC_REPLICAS_DOC (a factor of 3 with 2 in sync)',
  noFix: 'Producers must be ready for NotEnoughReplicas first.',
  *check(known) {
    for (const cluster of clustersAndLoners(known)) {
      for (const node of brokersOf(known, cluster)) {
        const copies = numberOf(effective(known, node, 'default.replication.factor')?.text);
        const inSync = effective(known, node, key);
        if (copies === undefined || copies < 3 || numberOf(inSync?.text) !== 1) continue;
        yield {
          at: inSync?.setting?.valueAt ?? node.at,
          says: `${key} is 1${inSync?.by ? ` (${inSync.by})` : ''}, of ${copies} copies.`,
          next: `Set ${key}=2.`,
        };
        break;
      }
    }
  },
};
