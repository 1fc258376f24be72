import { quorumKeys } from '../../kraft.ts';
import { listenersOf } from '../../listeners.ts';
import type { Found, Rule } from '../../rule.ts';
import { effective, itemsOf, ofKind, settingOf, textOf } from '../../settings.ts';

/** SocketServerConfigs.LISTENERS_DEFAULT. */
const byDefault = 'PLAINTEXT://:9092';

export const controllerListener: Rule = {
  code: 'KR005',
  title: 'Controllers and their listener do not go together',
  severity: 'error',
  confidence: 'high',
  story:
    'The node ends at start: a controller needs a listener of its own name, and a mere broker, which only connects to controllers, must not have one.',
  source: 'KafkaConfig.validateValues (controller.listener.names)',
  noFix: 'Which listener is meant for controllers, its owner knows.',
  *check(known) {
    for (const configuration of ofKind(known, 'broker')) {
      const of = (key: string) => effective(known, configuration, key);
      const roles = itemsOf(of('process.roles')?.text);
      const names = itemsOf(of('controller.listener.names')?.text).map((name) =>
        name.toUpperCase(),
      );
      // Without any, images derive them from what else is set; a file has Kafka's default.
      const listeners = settingOf(configuration, 'listeners');
      const text = listeners ? textOf(listeners) : configuration.workload ? '' : byDefault;
      const own = listenersOf(text ?? '')?.map(({ name }) => name);
      const at = (
        settingOf(configuration, 'controller.listener.names') ??
        settingOf(configuration, 'listeners') ??
        settingOf(configuration, 'process.roles')
      )?.valueAt;
      if (!at || roles.length === 0 || configuration.open) continue;
      if (configuration.beneath?.unseen?.has('controller.listener.names')) continue;
      const isPart = !quorumKeys.some((key) => settingOf(configuration, key));
      const isSaid = settingOf(configuration, 'controller.listener.names') ?? names.length > 0;
      if (!isSaid && !isPart) {
        yield {
          at: settingOf(configuration, 'process.roles')?.keyAt ?? at,
          says: 'process.roles is set, and controller.listener.names is not.',
          next: 'Set controller.listener.names=CONTROLLER, on brokers too.',
        };
        continue;
      }
      if (!own || names.length === 0) continue;
      const advertised = settingOf(configuration, 'advertised.listeners');
      const offered = listenersOf(textOf(advertised) ?? '')?.map(({ name }) => name) ?? own;
      const fault = faultOf(roles, names, own, offered);
      if (fault) yield { at, ...fault };
    }
  },
};

function faultOf(
  roles: readonly string[],
  names: readonly string[],
  own: readonly string[],
  offered: readonly string[],
): Omit<Found, 'at'> | undefined {
  const isController = roles.includes('controller');
  const stranger = own.find((name) => !names.includes(name));
  if (roles.join() === 'controller' && stranger)
    return {
      says: `This node is a controller only, and listens at ${stranger}, which is not a controller's.`,
      next: `Leave ${stranger} out of listeners, or name it in controller.listener.names.`,
    };
  const missing = names.find((name) => !own.includes(name));
  if (isController && missing)
    return {
      says: `controller.listener.names has ${missing}, but listeners has ${own.join(', ')}.`,
      next: `Add ${missing}://:9093 to listeners.`,
    };
  const excess = names.find((name) => own.includes(name));
  if (!isController && excess)
    return {
      says: `This broker is no controller, and listens at ${excess}, which is a controller's.`,
      next: `Leave ${excess} out of listeners.`,
    };
  return roles.includes('broker') && offered.every((name) => names.includes(name))
    ? {
        says: `This broker advertises ${offered.join(', ')} only, which is a controller's.`,
        next: 'Advertise a listener for clients and brokers.',
      }
    : undefined;
}
