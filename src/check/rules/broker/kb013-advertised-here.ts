import { bootstrapsOf } from '../../bootstraps.ts';
import { listenersOf } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { effective, ofKind } from '../../settings.ts';

export const advertisedHere: Rule = {
  code: 'KB013',
  title: 'Clients in other containers are sent to themselves',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'The first connection works, so the port is open and the name is right. Then the broker answers where it is to be found, localhost, and the client looks for it in its own container, again and again.',
  source: 'KafkaConfig.advertisedListeners; MetadataResponse',
  noFix: 'A second listener is needed if the host is to reach the broker too.',
  *check(known) {
    for (const broker of ofKind(known, 'broker')) {
      const own = effective(known, broker, 'advertised.listeners');
      const advertised = listenersOf(own?.text ?? '');
      const listeners = listenersOf(effective(known, broker, 'listeners')?.text ?? '');
      if (!broker.workload || !own || !advertised || !listeners) continue;
      for (const { port, at, client } of bootstrapsOf(known, broker.workload)) {
        const name = listeners.find((one) => one.port === port)?.name;
        const here = advertised.find(
          (one) => one.name === name && /^(localhost|127\.0\.0\.1)$/.test(one.host),
        );
        if (!here) continue;
        yield {
          at: own.setting?.valueAt ?? broker.at,
          says: `${client} connects to ${broker.workload.name}:${port}, and is sent to ${here.host}:${here.port}${own.by ? ` (${own.by})` : ''}.`,
          next: `Advertise ${broker.workload.name}:${port} there, and localhost at a listener with a port of its own.`,
          also: [{ at, says: `${client} connects here.` }],
        };
        break;
      }
    }
  },
};
