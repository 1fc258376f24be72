import { acksFix, acksOfAll } from '../../acks.ts';
import { neverSends, saidBy } from '../../calls.ts';
import type { Rule } from '../../rule.ts';
import { effective, isFalse, ofKind } from '../../settings.ts';

export const acksLeader: Rule = {
  code: 'KP002',
  title: 'Only the leader acknowledges what is sent',
  severity: 'warning',
  confidence: 'high',
  guards: ['acks-all'],
  story:
    'The leader acknowledges a record and dies before anybody else has it. Another replica takes over without it; the producer was told that it is safe, so nobody sends it again.',
  source: 'ProducerConfig.ACKS_CONFIG; the defaults of aiokafka, Sarama and @platformatic/kafka',
  *check(known) {
    for (const configuration of ofKind(known, 'producer')) {
      const { library = 'java', at } = configuration;
      const acks = effective(known, configuration, 'acks');
      if (acks?.text !== '1') continue;
      // Where idempotence goes with it, KP004 tells of both; where it is asked for, Kafka refuses.
      const idempotence = effective(known, configuration, 'enable.idempotence');
      if (library === 'java' && !isFalse(idempotence?.text)) continue;
      const { setting, by } = acks;
      if (!setting && neverSends(known, configuration)) continue;
      yield {
        at: setting?.valueAt ?? at,
        says: `acks is 1${saidBy(by)}: a record is lost with the leader that alone had it.`,
        next: acksOfAll[library],
        ...(setting && acksFix(configuration, setting)),
      };
    }
  },
};
