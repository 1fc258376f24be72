import { type Listener, listenersOf } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const listenersCollide: Rule = {
  code: 'KB046',
  title: 'Two listeners with one port, or one name',
  severity: 'error',
  confidence: 'high',
  story:
    'The broker ends at start, also where the two are at different addresses: a port, like a name, is for one listener.',
  source: 'AbstractKafkaConfig.listenerListToEndPoints (Each listener must have a different port)',
  noFix: 'Which port is free, the machine knows.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const setting = settingOf(node, 'listeners');
      const listeners = listenersOf(textOf(setting) ?? '');
      const found = setting && listeners && collision(listeners);
      if (found)
        yield {
          at: setting.valueAt,
          says: found,
          next: 'Give each listener a port and a name of its own.',
        };
    }
  },
};

function collision(listeners: readonly Listener[]): string | undefined {
  for (const [index, { name, host, port }] of listeners.entries()) {
    const before = listeners.slice(0, index);
    if (before.some((one) => one.name === name)) return `${name} is there twice.`;
    // One for IPv4 and one for IPv6 may share a port.
    const other = before.find(
      (one) => one.port === port && port !== 0 && isSixth(one.host) === isSixth(host),
    );
    if (other) return `${other.name} and ${name} are both at port ${port}.`;
  }
  return undefined;
}

const isSixth = (host: string): boolean => host.includes(':');
