import { textIn } from '../../../landscape/node-pools.ts';
import { itemsIn, named, ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

export const noWayToLogIn: Rule = {
  code: 'KK026',
  title: 'Users with credentials that no listener takes',
  severity: 'warning',
  confidence: 'high',
  across: true,
  guards: ['security'],
  story:
    'The secret is there, the client has it, and every connection ends with a failed handshake. Somebody takes the plain listener instead, and it stays so.',
  source: "Strimzi's API reference, KafkaUserSpec.authentication and GenericKafkaListener",
  noFix: 'which listener is meant for it is not in the file',
  *check(known) {
    const said = new Set<unknown>();
    for (const user of ofStrimzi(known, 'KafkaUser')) {
      const wanted = user.fields.get('spec.authentication.type');
      const type = textIn(user, 'spec.authentication.type')?.replace('tls-external', 'tls');
      const kafka = wanted && named('Kafka', user, known.landscape);
      const listeners = kafka ? itemsIn(kafka, 'spec.kafka.listeners') : [];
      if (!kafka || kafka.open || !type || listeners.length === 0) continue;
      const offered = listeners.flatMap((listener) => {
        const value = listener.get('authentication.type')?.value;
        return value ? ['known' in value ? value.known : 'custom'] : [];
      });
      // Older listeners are no list; custom and OAuth ones may take anything.
      const mayTakeAny = offered.some((one) => one !== 'tls' && one !== 'scram-sha-512');
      const isList = listeners.every((listener) => listener.has('name'));
      if (mayTakeAny || !isList || offered.includes(type) || said.has(`${kafka.name} ${type}`))
        continue;
      said.add(`${kafka.name} ${type}`);
      yield {
        at: wanted.at,
        says: `${user.name} logs in by ${type}; listeners of ${kafka.name} take ${offered.length === 0 ? 'nobody by name' : [...new Set(offered)].join(', ')}.`,
        next: `Add authentication with type: ${type} to a listener.`,
        also: [{ at: kafka.at, says: `the Kafka ${kafka.name}` }],
      };
    }
  },
};
