import { knownText } from '../../../landscape/facts/setting.ts';
import { itemsIn, ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

const outside = new Set(['loadbalancer', 'nodeport', 'route', 'ingress', 'tlsroute']);

export const externalListener: Rule = {
  code: 'KK012',
  title: 'A listener that is open to the outside',
  severity: 'warning',
  confidence: 'medium',
  production: true,
  guards: ['security'],
  story:
    'The load balancer got a public address, as it does by default. Whoever finds port 9094 reads every topic; records and passwords that pass can be read on the way.',
  source: "Strimzi's API reference, GenericKafkaListener",
  noFix: 'clients must be given certificates or users first',
  *check(known) {
    for (const kafka of ofStrimzi(known, 'Kafka')) {
      for (const listener of itemsIn(kafka, 'spec.kafka.listeners')) {
        const of = (path: string) => knownText(listener.get(path)?.value);
        const [type, tls] = [listener.get('type'), listener.get('tls')];
        if (!type || !tls || !outside.has(of('type') ?? '')) continue;
        const isPlain = of('tls') === 'false';
        const isAnonymous =
          !kafka.open && ![...listener.keys()].some((key) => key.startsWith('auth'));
        if (!isPlain && !isAnonymous) continue;
        const lacks = [isPlain && 'encryption', isAnonymous && 'authentication'].filter(Boolean);
        yield {
          at: isPlain ? tls.at : type.at,
          says: `${of('name') ?? 'A listener'} is a ${of('type')} without ${lacks.join(' and ')}.`,
          next: 'tls: true and authentication: scram-sha-512 or tls.',
        };
      }
    }
  },
};
