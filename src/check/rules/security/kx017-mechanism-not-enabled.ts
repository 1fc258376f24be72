import { interBrokerName, protocolsOf } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { effective, itemsOf, ofKind, settingOf } from '../../settings.ts';

const own = 'sasl.mechanism.inter.broker.protocol';
const enabled = 'sasl.enabled.mechanisms';

export const mechanismNotEnabled: Rule = {
  code: 'KX017',
  title: 'Brokers log in by a way that they do not take',
  severity: 'error',
  confidence: 'high',
  guards: ['security'],
  story:
    'The broker ends at start: for clients the mechanism was set, and for the brokers among themselves it is still Kerberos, the default.',
  source: 'KafkaConfig.validateValues (sasl.mechanism.inter.broker.protocol)',
  noFix: 'Either of the two may be the one that was meant.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const name = interBrokerName(known, node) ?? '';
      if (!protocolsOf(known, node)?.get(name)?.startsWith('SASL_')) continue;
      const prefixed = `listener.name.${name.toLowerCase()}.${enabled}`;
      const takes = effective(known, node, settingOf(node, prefixed) ? prefixed : enabled);
      const mechanism = effective(known, node, own);
      const setting =
        mechanism?.setting ?? takes?.setting ?? settingOf(node, 'inter.broker.listener.name');
      if (!takes || !mechanism || !setting || itemsOf(takes.text).includes(mechanism.text))
        continue;
      yield {
        at: setting.valueAt,
        says: `${own} is ${mechanism.text}${mechanism.by ? ` (${mechanism.by})` : ''}, and ${enabled} ${takes.text}${takes.by ? ` (${takes.by})` : ''}.`,
        next: `Set ${own} to one of ${enabled}.`,
      };
    }
  },
};
