import { itemsIn, lacks, ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

export const usersWithoutRules: Rule = {
  code: 'KK030',
  title: 'Users log in, and each may do everything',
  severity: 'warning',
  confidence: 'high',
  production: 'named',
  guards: ['security'],
  story:
    'The secret of one small service is lost, and with it every topic can be read, and deleted: the listener asks for a name, and nothing is done with it.',
  source: "Strimzi's API reference, KafkaClusterSpec.authorization (none by default)",
  noFix: 'Every client needs its rules first.',
  *check(known) {
    const { acls } = known.landscape;
    for (const kafka of ofStrimzi(known, 'Kafka')) {
      const asking = itemsIn(kafka, 'spec.kafka.listeners').flatMap(
        (one) => one.get('authentication.type') ?? [],
      )[0];
      if (!asking || !lacks(kafka, 'spec.kafka.authorization')) continue;
      // Of rights that are written down, and not kept, tells KK025.
      if (acls.length > 0) continue;
      yield {
        at: asking.at,
        says: `${kafka.name} asks clients for a name, and has no authorization.`,
        next: 'Add spec.kafka.authorization with type: simple, and ACLs to the users.',
      };
    }
  },
};
