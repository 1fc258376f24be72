import type { Place } from '../../../files/place.ts';
import { idempotenceEdit } from '../../acks.ts';
import { fixOf } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { effective, isFalse, numberOf, ofJava, ofKind, settingOf, textOf } from '../../settings.ts';

/** Declined on purpose: with acks that do not allow it, or without retries. */
export const idempotenceDeclined: Rule = {
  code: 'KP003',
  title: 'Idempotence is switched off',
  severity: 'warning',
  confidence: 'medium',
  guards: ['acks-all'],
  story:
    'An answer is lost on its way back, and the producer sends the batch again: it is stored twice, or behind a later one. A customer is charged twice, and every log says that all went well.',
  source: 'ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG (KIP-679: it costs nothing)',
  *check(known) {
    const transactional = ofJava(known, 'producer').flatMap((one) =>
      settingOf(one, 'transactional.id') ? (settingOf(one, 'enable.idempotence') ?? []) : [],
    );
    for (const configuration of ofKind(known, 'producer')) {
      const setting = settingOf(configuration, 'enable.idempotence');
      if (!setting || !isFalse(textOf(setting))) continue;
      // KP001, KP002 and KP011 tell of what is worse, also where producers share a line.
      const acks = effective(known, configuration, 'acks')?.text;
      if (acks === '0' || acks === '1' || settingOf(configuration, 'transactional.id')) continue;
      if (transactional.some(({ valueAt }) => isSamePlace(valueAt, setting.valueAt))) continue;
      if (numberOf(textOf(settingOf(configuration, 'retries'))) === 0) continue;
      yield {
        at: setting.valueAt,
        says: `${setting.written ?? setting.key} switches off what keeps a repeated batch from being stored twice.`,
        next: 'Leave it out, or set it to true where the client has it off by default.',
        ...fixOf(true, 'Set enable.idempotence to true', idempotenceEdit(configuration, setting)),
      };
    }
  },
};

const isSamePlace = (one: Place, other: Place): boolean =>
  one.file === other.file && one.line === other.line && one.column === other.column;
