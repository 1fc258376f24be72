import { fixOf, lineEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { isTrue, ofJava, settingOf, textOf } from '../../settings.ts';

export const twoPhaseTimeout: Rule = {
  code: 'KP027',
  title: 'A time limit for transactions that have none',
  severity: 'error',
  confidence: 'high',
  story:
    'The producer does not start. With two-phase commit whoever coordinates it ends a transaction, so Kafka waits for as long as that takes.',
  source: 'ProducerConfig.postProcessAndValidateIdempotenceConfigs (KIP-939)',
  *check(known) {
    for (const configuration of ofJava(known, 'producer')) {
      const both = settingOf(configuration, 'transaction.two.phase.commit.enable');
      const limit = settingOf(configuration, 'transaction.timeout.ms');
      if (!both || !limit || !isTrue(textOf(both))) continue;
      yield {
        at: limit.keyAt,
        says: 'transaction.timeout.ms can not be set with two-phase commit.',
        next: 'Leave it out.',
        also: [{ at: both.valueAt, says: 'It is switched on here.' }],
        ...fixOf(true, 'Remove transaction.timeout.ms', lineEdit(limit)),
      };
    }
  },
};
