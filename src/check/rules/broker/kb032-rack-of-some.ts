import { brokersOf, clustersOf } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';
import { settingOf } from '../../settings.ts';

export const rackOfSome: Rule = {
  code: 'KB032',
  title: 'Some brokers say where they stand, others do not',
  severity: 'warning',
  confidence: 'high',
  across: true,
  story:
    'A zone fails, and with it all copies of some partitions: a broker without a rack is in a place of its own for the placement, wherever it stands.',
  source: 'StripedReplicaPlacer; ServerConfigs.BROKER_RACK_CONFIG',
  noFix: 'Where a broker stands is not in the files.',
  *check(known) {
    for (const cluster of clustersOf(known)) {
      const brokers = brokersOf(known, cluster).filter(({ open }) => !open);
      const without = brokers.find((node) => !settingOf(node, 'broker.rack'));
      const rack = brokers.flatMap((node) => settingOf(node, 'broker.rack') ?? [])[0];
      if (without && rack)
        yield {
          at: without.at,
          says: `${without.name ?? 'This broker'} has no broker.rack, and others of its cluster have one.`,
          next: 'Set broker.rack on all brokers, or on none.',
          also: [{ at: rack.valueAt, says: 'This one has.' }],
        };
    }
  },
};
