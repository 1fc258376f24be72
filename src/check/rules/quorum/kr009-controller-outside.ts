import { controllerNames, isLocal, listenersOf } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { effectiveText, ofKind } from '../../settings.ts';

export const controllerOutside: Rule = {
  code: 'KR009',
  title: 'Controllers that everybody reaches',
  severity: 'warning',
  confidence: 'high',
  production: 'named',
  across: true,
  guards: ['security'],
  story:
    'Whoever reaches the controller changes what the cluster is: topics, rights, the quorum itself. No client ever needs this port.',
  source: "Kafka's documentation, Security, KRaft controllers; KIP-595",
  noFix: 'Another machine of the quorum may need it.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const names = controllerNames(known, node);
      const listeners = listenersOf(effectiveText(known, node, 'listeners') ?? '') ?? [];
      const ports = listeners.filter(({ name }) => names.includes(name)).map(({ port }) => port);
      const outside = node.workload?.ports.find(
        ({ container, published, host }) =>
          ports.includes(container) && published !== undefined && !isLocal(host ?? ''),
      );
      if (outside)
        yield {
          at: outside.at,
          says: `Port ${outside.container} is that of controllers, and published at ${outside.published}.`,
          next: 'Leave it out: the network of the project is enough for nodes of it.',
        };
    }
  },
};
