import type { Workload } from '../../../landscape/facts/workload.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf } from '../../settings.ts';

export const idleZooKeeper: Rule = {
  code: 'KB016',
  title: 'A ZooKeeper that nobody asks',
  severity: 'warning',
  confidence: 'medium',
  across: true,
  guards: ['kraft-only'],
  story:
    'An alert comes for ZooKeeper at night, and half an hour goes by before somebody finds out that the cluster has been on KRaft for a year.',
  source: "Kafka's documentation, KRaft: no ZooKeeper since 4.0 (KIP-500)",
  noFix: 'Something that is not in the repository may use it.',
  *check(known) {
    const { workloads } = known.landscape;
    for (const keeper of workloads) {
      if (keeper.runs !== 'zookeeper' || keeper.by !== 'service') continue;
      const others = workloads.filter(
        (one) => one.network === keeper.network && one !== keeper && one.runs !== 'zookeeper',
      );
      const nodes = ofKind(known, 'broker').filter(
        ({ workload }) => workload !== undefined && others.includes(workload),
      );
      const isKraft = nodes.every(
        (node) => settingOf(node, 'process.roles') && !settingOf(node, 'zookeeper.connect'),
      );
      const brokers = others.filter(({ runs }) => runs === 'broker');
      if (nodes.length === 0 || nodes.length < brokers.length || !isKraft) continue;
      if (others.some((one) => mentions(one, keeper.name))) continue;
      yield {
        at: keeper.at,
        says: `${keeper.name} runs, and the brokers beside it have process.roles: they keep their metadata themselves.`,
        next: 'Remove the service and its volumes.',
      };
    }
  },
};

/** Who only starts after it does not use it yet. */
const mentions = ({ environment, command, runs }: Workload, name: string): boolean =>
  runs !== 'broker' &&
  [...environment.map(({ value }) => value), ...(command ? [command.value] : [])].some(
    (value) => 'unknown' in value || value.known.includes(name) || value.known.includes(':2181'),
  );
