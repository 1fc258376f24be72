import { bootstrapsOf } from '../../bootstraps.ts';
import { listenersOf } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { effective, ofKind } from '../../settings.ts';

export const noSuchPort: Rule = {
  code: 'KD012',
  title: 'A service connects to a port where the broker does not listen',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'The service starts, and logs "connection refused" for ever: the port is the one of the host, and inside of the network it is another.',
  source: 'https://docs.docker.com/compose/how-tos/networking/',
  noFix: 'Which listener is meant, its name tells people only.',
  *check(known) {
    for (const broker of ofKind(known, 'broker')) {
      const listeners = listenersOf(effective(known, broker, 'listeners')?.text ?? '');
      if (!broker.workload || !listeners) continue;
      const ports = listeners.map(({ port }) => port);
      for (const { client, port, at } of bootstrapsOf(known, broker.workload))
        if (!ports.includes(port))
          yield {
            at,
            says: `${client} connects to ${broker.workload.name}:${port}, which listens at ${ports.join(', ')}.`,
            next: 'Connect to the port of a listener that advertises a name of this network.',
          };
    }
  },
};
