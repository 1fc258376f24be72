import { clustersAndLoners } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';
import { itemsOf, settingOf, textOf } from '../../settings.ts';

export const combined: Rule = {
  code: 'KR003',
  title: 'Brokers that are controllers too',
  severity: 'info',
  confidence: 'medium',
  production: 'named',
  guards: ['kraft-only'],
  story:
    'A client floods the cluster, and the brokers are so busy that their controllers answer late: leaders are taken from machines that are well, and the load moves to the next ones.',
  source: "Kafka's documentation, KRaft, Process Roles: not recommended for critical environments",
  noFix: 'Controllers of their own need machines.',
  *check(known) {
    for (const { nodes, brokers } of clustersAndLoners(known)) {
      const roles = nodes.flatMap((node) => settingOf(node, 'process.roles') ?? []);
      const both = roles.find((one) => itemsOf(textOf(one)).length === 2);
      // With one there is nothing to be kept apart.
      if (both && brokers !== 1)
        yield {
          at: both.valueAt,
          says: 'process.roles is broker and controller.',
          next: 'Give the controllers processes of their own, which can be restarted and grow apart.',
        };
    }
  },
};
