import { acksFix } from '../../acks.ts';
import { fixOf, lineEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { isTrue, numberOf, ofJava, settingOf, textOf } from '../../settings.ts';

export const idempotenceRuledOut: Rule = {
  code: 'KP026',
  title: 'Idempotence is needed, and ruled out',
  severity: 'error',
  confidence: 'high',
  guards: ['acks-all'],
  story:
    'The producer does not start: somebody turned acks down for speed, and the line that asks for idempotence is in another section of the same file.',
  source: 'ProducerConfig.postProcessAndValidateIdempotenceConfigs',
  *check(known) {
    for (const configuration of ofJava(known, 'producer')) {
      const idempotence = settingOf(configuration, 'enable.idempotence');
      const asked = idempotence ?? settingOf(configuration, 'transactional.id');
      if (!asked || (idempotence && !isTrue(textOf(idempotence)))) continue;
      const also = [{ at: asked.valueAt, says: 'Here it is asked for.' }];
      const need = idempotence ? 'idempotence, which is set to true,' : 'transactional.id';
      const acks = settingOf(configuration, 'acks');
      // KP001 tells of 0, which is worse.
      if (acks && textOf(acks) === '1')
        yield {
          at: acks.valueAt,
          says: `acks is 1, and ${need} needs all.`,
          next: 'acks=all.',
          also,
          ...acksFix(configuration, acks),
        };
      const retries = settingOf(configuration, 'retries');
      if (retries && numberOf(textOf(retries)) === 0)
        yield {
          at: retries.valueAt,
          says: `retries is 0, and ${need} needs at least one.`,
          next: 'Leave it out; delivery.timeout.ms says how long to try.',
          also,
          // Somebody may have wanted just one try.
          ...fixOf(false, 'Remove retries', lineEdit(retries)),
        };
    }
  },
};
