import { acksFix } from '../../acks.ts';
import { fixOf, lineEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { isFalse, numberOf, ofJava, settingOf, textOf } from '../../settings.ts';

export const idempotenceOff: Rule = {
  code: 'KP004',
  title: 'Idempotence is switched off by another setting',
  severity: 'warning',
  confidence: 'high',
  guards: ['acks-all'],
  story:
    'Idempotence is on by default, and off without a word (a line at level INFO) when acks or retries do not fit. A retry after a lost answer then stores the record twice, or behind a later one.',
  source: 'ProducerConfig.postProcessAndValidateIdempotenceConfigs (KIP-679)',
  *check(known) {
    for (const configuration of ofJava(known, 'producer')) {
      // Set to true, Kafka refuses the combination; set to false, it is meant.
      if (settingOf(configuration, 'enable.idempotence')) continue;
      // With transactions, too: KP026.
      if (settingOf(configuration, 'transactional.id')) continue;
      // Before Kafka 3.0 there is nothing to be switched off.
      if (isFalse(configuration.beneath?.values.get('enable.idempotence'))) continue;
      const acks = settingOf(configuration, 'acks');
      const acksText = textOf(acks);
      if (acks && acksText === '1')
        yield {
          at: acks.valueAt,
          says: `acks is ${acksText}, which switches idempotence off; retries can store twice.`,
          next: "acks=all, which is Kafka's default.",
          ...acksFix(configuration, acks),
        };
      const retries = settingOf(configuration, 'retries');
      if (retries && numberOf(textOf(retries)) === 0)
        yield {
          at: retries.valueAt,
          says: 'retries is 0, which switches idempotence off and gives up at the first trouble.',
          next: 'Leave it out; delivery.timeout.ms says how long to try.',
          // Somebody may have wanted just one try.
          ...fixOf(false, 'Remove retries', lineEdit(retries)),
        };
    }
  },
};
