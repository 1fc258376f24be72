import type { Configuration } from '../../../landscape/facts/configuration.ts';
import { servedBy } from '../../listeners.ts';
import type { Known, Rule } from '../../rule.ts';
import { effectiveText, itemsOf, ofKind, settingOf, textOf } from '../../settings.ts';

/** Mechanisms that send what one needs to log in. */
const sent = /^(PLAIN|OAUTHBEARER)$/i;

export const passwordInTheClear: Rule = {
  code: 'KX002',
  title: 'Passwords that go over the network as they are',
  severity: 'warning',
  confidence: 'high',
  production: 'named',
  guards: ['security'],
  story:
    'Somebody listens for a minute, while one client connects, and has its password; and with it all its rights, from anywhere, until it is changed.',
  source: "Kafka's documentation, Security, SASL/PLAIN: only with TLS; RFC 4616",
  noFix: 'The listener needs certificates first.',
  *check(known) {
    for (const client of known.landscape.configurations) {
      const protocol = settingOf(client, 'security.protocol');
      const mechanism = settingOf(client, 'sasl.mechanism') ?? settingOf(client, 'sasl.mechanisms');
      if (!protocol || textOf(protocol)?.toUpperCase() !== 'SASL_PLAINTEXT') continue;
      if (!sent.test(textOf(mechanism) ?? '')) continue;
      yield {
        at: protocol.valueAt,
        says: `security.protocol is SASL_PLAINTEXT, with ${textOf(mechanism)}.`,
        next: 'SASL_SSL; or SCRAM where there can be no TLS.',
      };
    }
    for (const node of ofKind(known, 'broker')) {
      const found = servedBy(known, node)?.find(
        ({ name, protocol }) =>
          protocol === 'SASL_PLAINTEXT' &&
          mechanismsOf(known, node, name).some((one) => sent.test(one)),
      );
      const setting =
        settingOf(node, 'listener.security.protocol.map') ??
        settingOf(node, 'listeners') ??
        settingOf(node, 'advertised.listeners');
      if (found && setting)
        yield {
          at: setting.valueAt,
          says: `${found.name} is SASL_PLAINTEXT, with ${mechanismsOf(known, node, found.name).join(', ')}.`,
          next: 'SASL_SSL; or SCRAM where there can be no TLS.',
        };
    }
  },
};

const mechanismsOf = (known: Known, node: Configuration, listener: string): string[] =>
  itemsOf(
    textOf(settingOf(node, `listener.name.${listener.toLowerCase()}.sasl.enabled.mechanisms`)) ??
      effectiveText(known, node, 'sasl.enabled.mechanisms'),
  );
