import { isLocal, listenersOf } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { effective, effectiveText, ofKind } from '../../settings.ts';

export const otherPortOutside: Rule = {
  code: 'KD016',
  title: 'Clients on the host are sent to a port that is not published',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'The first connection works, at the port that is published. Then the broker answers where it is to be found, and there is nobody: the address that it advertises has the port of the container.',
  source:
    'KafkaConfig.advertisedListeners; https://docs.docker.com/engine/network/port-publishing/',
  noFix: 'Either of the two ports may be the one that was meant.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const advertised = effective(known, node, 'advertised.listeners');
      const listeners = listenersOf(effectiveText(known, node, 'listeners') ?? '') ?? [];
      const ports = node.workload?.ports ?? [];
      for (const { name, host, port } of listenersOf(advertised?.text ?? '') ?? []) {
        const own = listeners.find((one) => one.name === name);
        const to = ports.filter((one) => one.container === own?.port && one.published);
        const [first] = to;
        if (!isLocal(host) || !first || to.some((one) => one.published === port)) continue;
        yield {
          at: advertised?.setting?.valueAt ?? node.at,
          says: `${name} is advertised at ${host}:${port}, and published at ${first.published}${advertised?.by ? ` (${advertised.by})` : ''}.`,
          next: `Advertise ${host}:${first.published}, or publish it at ${port}.`,
          also: [{ at: first.at, says: 'The port.' }],
        };
        break;
      }
    }
  },
};
