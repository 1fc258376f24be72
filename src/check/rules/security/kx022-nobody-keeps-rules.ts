import { brokersOf, clustersAndLoners } from '../../clusters.ts';
import { servedBy } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { effective, settingOf } from '../../settings.ts';

export const nobodyKeepsRules: Rule = {
  code: 'KX022',
  title: 'Everybody logs in, and everybody may do everything',
  severity: 'warning',
  confidence: 'high',
  production: 'named',
  guards: ['security'],
  story:
    'The password of one small service is lost, and with it every topic can be read, and deleted: the broker asks for a name, and does nothing with it.',
  source: "Kafka's documentation, Security, Authorization and ACLs (no authorizer by default)",
  noFix: 'Every client needs its rules first.',
  *check(known) {
    for (const cluster of clustersAndLoners(known))
      for (const node of brokersOf(known, cluster)) {
        const authorizer = effective(known, node, 'authorizer.class.name');
        const served = servedBy(known, node) ?? [];
        const asked = served.find(({ protocol }) => protocol.startsWith('SASL_'));
        const setting = settingOf(node, 'listeners') ?? settingOf(node, 'advertised.listeners');
        if (!asked || !setting || authorizer?.text !== '') continue;
        yield {
          at: setting.valueAt,
          says: `Clients log in at ${asked.name}, and there is no authorizer.`,
          next: 'Set authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer and super.users.',
        };
        break;
      }
  },
};
