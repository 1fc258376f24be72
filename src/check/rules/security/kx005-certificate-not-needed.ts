import type { Configuration } from '../../../landscape/facts/configuration.ts';
import { brokersOf, clustersAndLoners } from '../../clusters.ts';
import { servedBy } from '../../listeners.ts';
import type { Found, Known, Rule } from '../../rule.ts';
import { effective, effectiveText, settingOf } from '../../settings.ts';

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
    for (const cluster of clustersAndLoners(known))
      for (const node of brokersOf(known, cluster)) {
        const fault = faultOf(known, node);
        if (!fault) continue;
        yield fault;
        break;
      }
  },
};

function faultOf(known: Known, node: Configuration): Found | undefined {
  const of = (key: string) => effectiveText(known, node, key);
  const served = servedBy(known, node) ?? [];
  // Where some need no name at all, nobody relies on one.
  const isOpen = served.some(({ protocol }) => protocol === 'PLAINTEXT');
  if (!of('authorizer.class.name') || isOpen || of('allow.everyone.if.no.acl.found') === 'true')
    return undefined;
  for (const { name, protocol } of served) {
    if (protocol !== 'SSL') continue;
    const own = `listener.name.${name.toLowerCase()}.ssl.client.auth`;
    const asked = effective(known, node, settingOf(node, own) ? own : 'ssl.client.auth');
    if (!asked || !/^(none|requested)$/i.test(asked.text)) continue;
    return {
      at: asked.setting?.valueAt ?? settingOf(node, 'authorizer.class.name')?.valueAt ?? node.at,
      says: `ssl.client.auth of ${name} is ${asked.text}${asked.by ? ` (${asked.by})` : ''}, and an authorizer looks for names.`,
      next: 'Set ssl.client.auth=required; SASL_SSL where clients have passwords.',
    };
  }
  return undefined;
}
