import { bootstrapsOf } from '../../bootstraps.ts';
import { isLocal, servedBy } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { effective, ofKind } from '../../settings.ts';

export const listensToItself: Rule = {
  code: 'KD007',
  title: 'A broker that listens inside its container only',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'Inside of the container everything works, the health check too. From anywhere else the connection is refused: localhost is the container itself, whatever port is published.',
  source: 'SocketServerConfigs.LISTENERS_CONFIG; https://docs.docker.com/engine/network/',
  noFix: 'Another listener may be the one that was meant.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const { workload } = node;
      const listeners = effective(known, node, 'listeners');
      if (!workload || !listeners?.setting) continue;
      const inside = servedBy(known, node)?.filter(({ host }) => isLocal(host)) ?? [];
      const clients = bootstrapsOf(known, workload);
      for (const { name, host, port } of inside) {
        const published = workload.ports.find((one) => one.container === port);
        const client = clients.find((one) => one.port === port);
        if (!published?.published && !client) continue;
        const [at, says] = client
          ? [client.at, `${client.client} connects here.`]
          : [published?.at ?? workload.at, 'Its port is published here.'];
        yield {
          at: listeners.setting.valueAt,
          says: `${name} listens at ${host}:${port}, inside of its container.`,
          next: `Listen at ${name}://0.0.0.0:${port}, and give the name for clients in advertised.listeners.`,
          also: [{ at, says }],
        };
        break;
      }
    }
  },
};
