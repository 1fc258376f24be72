import { itemsIn, ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

export const ingressListener: Rule = {
  code: 'KK032',
  title: 'A listener by a controller that is no longer kept up',
  severity: 'info',
  confidence: 'high',
  story:
    'A hole in the Ingress NGINX Controller is published, and nobody mends it: its project was archived, and the listener works with no other.',
  source: "Strimzi's CHANGELOG, 0.51.0: the ingress listener type is deprecated",
  noFix: 'Clients get another address.',
  *check(known) {
    for (const kafka of ofStrimzi(known, 'Kafka'))
      for (const listener of itemsIn(kafka, 'spec.kafka.listeners')) {
        const type = listener.get('type');
        if (type && 'known' in type.value && type.value.known === 'ingress')
          yield {
            at: type.at,
            says: 'The type ingress is deprecated since Strimzi 0.51.',
            next: 'loadbalancer, nodeport, route, or cluster-ip behind a gateway.',
          };
      }
  },
};
