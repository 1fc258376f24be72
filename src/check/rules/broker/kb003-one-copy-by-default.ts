import { brokersOf, clustersAndLoners } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';
import { effective, numberOf } from '../../settings.ts';

const key = 'default.replication.factor';

export const oneCopyByDefault: Rule = {
  code: 'KB003',
  title: 'Topics that nobody gave copies have one',
  severity: 'warning',
  confidence: 'high',
  production: true,
  across: true,
  guards: ['replication'],
  story:
    'There are three brokers, so everybody believes that one may fail. Its disk does, and a third of the partitions of every topic that was made without a replication factor is gone.',
  source: 'ReplicationConfigs.DEFAULT_REPLICATION_FACTOR_CONFIG (1)',
  noFix: 'Topics that exist keep the copies they have; they must be reassigned.',
  *check(known) {
    for (const cluster of clustersAndLoners(known)) {
      const { brokers } = cluster;
      for (const node of brokersOf(known, cluster)) {
        const copies = effective(known, node, key);
        if (numberOf(copies?.text) !== 1) continue;
        // How many brokers there are is not told: somebody who writes 1 down means it.
        if (brokers === undefined ? !copies?.setting : brokers < 2) continue;
        yield {
          at: copies?.setting?.valueAt ?? node.at,
          says: `${key} is 1${copies?.by ? ` (${copies.by})` : ''}${brokers === undefined ? '' : `, of ${brokers} brokers`}.`,
          next: `Set ${key}=${Math.min(brokers ?? 3, 3)} on brokers and controllers.`,
        };
        break;
      }
    }
  },
};
