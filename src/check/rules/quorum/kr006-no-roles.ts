import { isKraftOnly } from '../../kraft.ts';
import type { Rule } from '../../rule.ts';
import { effective, ofKind } from '../../settings.ts';

export const noRoles: Rule = {
  code: 'KR006',
  title: 'A node that is not told what it is',
  severity: 'error',
  confidence: 'high',
  guards: ['kraft-only'],
  story:
    'The node ends at start: since there is no ZooKeeper any more, one without process.roles is neither broker nor controller. With an image that has no tag it begins on the day of the next pull.',
  source:
    'KRaftConfigs.PROCESS_ROLES_CONFIG (no default since 4.0); the configure scripts of images',
  noFix: 'With the roles go a node.id, a quorum and a listener for controllers.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const { workload, settings, open, beneath } = node;
      // Of ZooKeeper tell KG002 and KD003.
      if (open || settings.some(({ key }) => key.startsWith('zookeeper.'))) continue;
      if (beneath?.unseen?.has('process.roles') || effective(known, node, 'process.roles'))
        continue;
      if (settings.some(({ key }) => key === 'process.roles') || !isKraftOnly(known, node))
        continue;
      const { name, tag = 'latest' } = workload?.image ?? { name: '' };
      yield {
        at: node.at,
        says: workload
          ? `${workload.name} has no KAFKA_${name.includes('bitnami') ? 'CFG_' : ''}PROCESS_ROLES, and ${name}:${tag} ends without.`
          : 'process.roles is not set, and Kafka 4 ends without.',
        next: 'Set process.roles to broker, controller, or broker,controller for both.',
      };
    }
  },
};
