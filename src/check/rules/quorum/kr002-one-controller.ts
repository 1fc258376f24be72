import { brokersOf, clustersOf } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';
import { itemsOf, settingOf, textOf } from '../../settings.ts';

export const oneControllerOfMany: Rule = {
  code: 'KR002',
  title: 'Several brokers, and one controller in the quorum',
  severity: 'warning',
  confidence: 'high',
  production: true,
  across: true,
  guards: ['kraft-only'],
  story:
    'The machine of the only controller is restarted. Brokers go on with what they know, but no leader is elected and no topic made; and when its disk is lost, so is the whole cluster.',
  source: "Kafka's documentation, KRaft, Provisioning Nodes: 3 or 5 controllers",
  noFix: 'A controller more is a machine.',
  *check(known) {
    for (const cluster of clustersOf(known)) {
      const brokers = cluster.brokers ?? 0;
      const voters = brokersOf(known, cluster).flatMap(
        (node) => settingOf(node, 'controller.quorum.voters') ?? [],
      )[0];
      if (!voters || brokers < 3 || itemsOf(textOf(voters)).length !== 1) continue;
      yield {
        at: voters.valueAt,
        says: `controller.quorum.voters has one controller, for ${brokers} brokers.`,
        next: 'Three controllers let one be away.',
      };
    }
  },
};
