import { lacks, named, ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

export const rightsNotEnforced: Rule = {
  code: 'KK025',
  title: 'Rights of users that the cluster does not know',
  severity: 'error',
  confidence: 'high',
  across: true,
  guards: ['security'],
  story:
    'The user operator refuses the user, so it gets no password; and until it does, everybody who reaches the cluster may do everything.',
  source:
    'KafkaUserModel of Strimzi: "ACL rules are configured but not supported in the Kafka cluster"',
  noFix: 'with an authorizer on, all other clients need rights too',
  *check(known) {
    const said = new Set<unknown>();
    for (const user of ofStrimzi(known, 'KafkaUser')) {
      const rights = user.fields.get('spec.authorization.type');
      const kafka = rights && named('Kafka', user, known.landscape);
      if (!kafka || said.has(kafka) || !lacks(kafka, 'spec.kafka.authorization')) continue;
      said.add(kafka);
      yield {
        at: rights.at,
        says: `${user.name} has ACLs, and ${kafka.name} has no authorization to keep them.`,
        next: 'Add spec.kafka.authorization with type: simple to the Kafka.',
        also: [{ at: kafka.at, says: `the Kafka ${kafka.name}` }],
      };
    }
  },
};
