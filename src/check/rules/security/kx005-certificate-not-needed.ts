import { servedBy } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { effective, effectiveText, ofKind, settingOf } from '../../settings.ts';

export const certificateNotNeeded: Rule = {
  code: 'KX005',
  title: 'Rights by certificate, and no certificate is needed',
  severity: 'warning',
  confidence: 'high',
  guards: ['security'],
  story:
    'The rules are there, and all clients are User:ANONYMOUS: either nothing works, and somebody gives that user the rights of all, or it has them already.',
  source: 'BrokerSecurityConfigs.SSL_CLIENT_AUTH_CONFIG (none); SslConfigs',
  noFix: 'Clients without a certificate would be shut out.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      if (!effectiveText(known, node, 'authorizer.class.name')) continue;
      for (const { name, protocol } of servedBy(known, node) ?? []) {
        if (protocol !== 'SSL') continue;
        const own = `listener.name.${name.toLowerCase()}.ssl.client.auth`;
        const asked = effective(known, node, settingOf(node, own) ? own : 'ssl.client.auth');
        if (!asked || !/^(none|requested)$/i.test(asked.text)) continue;
        yield {
          at:
            asked.setting?.valueAt ?? settingOf(node, 'authorizer.class.name')?.valueAt ?? node.at,
          says: `ssl.client.auth of ${name} is ${asked.text}${asked.by ? ` (${asked.by})` : ''}, and an authorizer looks for names.`,
          next: 'Set ssl.client.auth=required; SASL_SSL where clients have passwords.',
        };
        break;
      }
    }
  },
};
