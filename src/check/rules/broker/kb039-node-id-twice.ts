import { clustersOf } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';
import { settingOf, textOf } from '../../settings.ts';

export const nodeIdTwice: Rule = {
  code: 'KB039',
  title: 'Two nodes of a cluster have the same id',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'The second one is turned away at its registration, or takes the place of the first in the quorum: a cluster of three is one of two, and nobody sees it before the next failure.',
  source: 'ClusterControlManager.registerBroker (DuplicateBrokerRegistrationException)',
  noFix: 'Which of them has the right one, its folder tells.',
  *check(known) {
    for (const { nodes } of clustersOf(known)) {
      const seen = new Map<string, string>();
      for (const node of nodes) {
        const setting = settingOf(node, 'node.id') ?? settingOf(node, 'broker.id');
        const id = textOf(setting);
        if (!setting || id === undefined || !/^\d+$/.test(id)) continue;
        const other = seen.get(id);
        const isScaled = typeof node.nodes === 'number' && node.nodes > 1;
        if (other !== undefined || isScaled)
          yield {
            at: setting.valueAt,
            says: `${setting.key} is ${id}, ${other === undefined ? `for all ${node.nodes} replicas of it` : `as that of ${other} is`}.`,
            next: 'Give each node an id of its own.',
          };
        seen.set(id, node.name ?? node.file);
      }
    }
  },
};
