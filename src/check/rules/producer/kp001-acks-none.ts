import { acksFix, acksOfAll } from '../../acks.ts';
import { neverSends, saidBy } from '../../calls.ts';
import type { Rule } from '../../rule.ts';
import { effective, ofKind } from '../../settings.ts';

export const acksNone: Rule = {
  code: 'KP001',
  title: 'Nobody acknowledges what is sent',
  severity: 'error',
  confidence: 'high',
  guards: ['acks-all'],
  story:
    'A leader changes, a connection breaks, a record is too large: the producer hears of nothing and counts it as sent. The gap is found when the numbers no longer agree.',
  source: 'ProducerConfig.ACKS_CONFIG; kafka-go, writer.go: RequireNone is the zero value',
  *check(known) {
    for (const configuration of ofKind(known, 'producer')) {
      const acks = effective(known, configuration, 'acks');
      if (acks?.text !== '0') continue;
      const { setting, by } = acks;
      if (!setting && neverSends(known, configuration)) continue;
      yield {
        at: setting?.valueAt ?? configuration.at,
        says: `acks is 0${saidBy(by)}: the producer does not even wait for the leader.`,
        next: acksOfAll[configuration.library ?? 'java'],
        ...(setting && acksFix(configuration, setting)),
      };
    }
  },
};
