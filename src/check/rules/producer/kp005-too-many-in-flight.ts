import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { isFalse, numberOf, ofJava, settingOf, textOf } from '../../settings.ts';

const key = 'max.in.flight.requests.per.connection';
/** How many batches of a producer a broker remembers, to know a repeated one. */
const most = 5;

export const tooManyInFlight: Rule = {
  code: 'KP005',
  title: 'More requests in flight than idempotence allows',
  severity: 'error',
  confidence: 'high',
  guards: ['acks-all'],
  story: 'The producer does not start; before Kafka 4.0 it started without idempotence.',
  source: 'ProducerConfig.postProcessAndValidateIdempotenceConfigs',
  *check(known) {
    for (const configuration of ofJava(known, 'producer')) {
      if ((configuration.release ?? known.release) === '3.9') continue;
      const setting = settingOf(configuration, key);
      const count = numberOf(textOf(setting));
      if (!setting || count === undefined || count <= most) continue;
      if (isFalse(textOf(settingOf(configuration, 'enable.idempotence')))) continue;
      yield {
        at: setting.valueAt,
        says: `${key} is ${count}; with idempotence it may be ${most} at most.`,
        next: `Leave it out: ${most} is the default, and keeps the order too.`,
        ...fixOf(true, `Set ${key} to ${most}`, valueEdit(setting, `${most}`)),
      };
    }
  },
};
