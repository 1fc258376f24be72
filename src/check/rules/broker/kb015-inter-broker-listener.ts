import { controllerNames, interBrokerName, listenersOf } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { effective, ofKind, settingOf, textOf } from '../../settings.ts';

export const interBrokerListener: Rule = {
  code: 'KB015',
  title: 'Brokers have no listener for each other',
  severity: 'error',
  confidence: 'high',
  story:
    'The broker ends at start, since the others would look for it at an address that it does not give.',
  source: 'KafkaConfig.validateValues, AbstractKafkaConfig.interBrokerListenerName',
  noFix: 'Any of its listeners could be the one.',
  *check(known) {
    for (const configuration of ofKind(known, 'broker')) {
      const name = settingOf(configuration, 'inter.broker.listener.name');
      const protocol = settingOf(configuration, 'security.inter.broker.protocol');
      if (name && protocol && textOf(name) !== undefined) {
        yield {
          at: protocol.keyAt,
          says: 'security.inter.broker.protocol and inter.broker.listener.name are both set.',
          next: 'Leave this one out: the protocol of a listener is in listener.security.protocol.map.',
        };
        continue;
      }
      if (effective(known, configuration, 'process.roles')?.text === 'controller') continue;
      const advertised =
        effective(known, configuration, 'advertised.listeners')?.text ??
        effective(known, configuration, 'listeners')?.text;
      const controllers = controllerNames(known, configuration);
      const names = listenersOf(advertised ?? '')
        ?.map((one) => one.name)
        .filter((one) => !controllers.includes(one));
      const text = interBrokerName(known, configuration);
      const setting = name ?? protocol ?? settingOf(configuration, 'listeners');
      if (!names || names.length === 0 || !setting || !text || names.includes(text)) continue;
      yield {
        at: setting.valueAt,
        says: `Brokers look for each other at ${text}${name || protocol ? '' : ', as inter.broker.listener.name is not set'}, and ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} advertised.`,
        next: `Set inter.broker.listener.name to one of ${names.join(', ')}, or advertise ${text}.`,
      };
    }
  },
};
