import { controllerNames, listenersOf, protocolsOf } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { effective, effectiveText, ofKind, settingOf } from '../../settings.ts';

export const listenerWithoutProtocol: Rule = {
  code: 'KB045',
  title: 'A listener of which nobody says what it speaks',
  severity: 'error',
  confidence: 'high',
  story:
    'The broker ends at start: a name of your own is no protocol. With a map that somebody set, controllers need their line in it, also on brokers that only connect to them.',
  source:
    'AbstractKafkaConfig.effectiveListenerSecurityProtocolMap, KafkaConfig.validateValues; KIP-103',
  noFix: 'Whether it is to be encrypted is a decision.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const protocols = protocolsOf(known, node);
      const listeners = effective(known, node, 'listeners');
      const own = listenersOf(listeners?.text ?? '')?.map(({ name }) => name) ?? [];
      // A controller without such a listener is told by KR005.
      const votes = effectiveText(known, node, 'process.roles')?.includes('controller');
      const controllers = controllerNames(known, node).filter(
        (name) => !votes || own.includes(name),
      );
      const missing = [...own, ...controllers].find((name) => protocols && !protocols.has(name));
      const setting =
        settingOf(node, 'listener.security.protocol.map') ??
        listeners?.setting ??
        settingOf(node, 'advertised.listeners') ??
        settingOf(node, 'controller.listener.names');
      if (!missing || !setting) continue;
      yield {
        at: setting.valueAt,
        says: `${missing} is the name of a listener, and listener.security.protocol.map ${settingOf(node, 'listener.security.protocol.map') ? 'does not have it' : 'is not set'}.`,
        next: `Add ${missing}:PLAINTEXT, or what it is to speak, to listener.security.protocol.map.`,
      };
    }
  },
};
