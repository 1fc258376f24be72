import { fixOf, lineEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { isFalse, ofJava, settingOf, textOf } from '../../settings.ts';

export const transactionsNeedIdempotence: Rule = {
  code: 'KP011',
  title: 'Transactions without idempotence',
  severity: 'error',
  confidence: 'high',
  story: 'The producer does not start: a transaction is built on sequence numbers.',
  source: 'ProducerConfig.postProcessAndValidateIdempotenceConfigs',
  *check(known) {
    for (const configuration of ofJava(known, 'producer')) {
      const id = settingOf(configuration, 'transactional.id');
      const idempotence = settingOf(configuration, 'enable.idempotence');
      if (!id || !idempotence || !isFalse(textOf(idempotence))) continue;
      yield {
        at: idempotence.valueAt,
        says: 'enable.idempotence is false, and transactional.id is set.',
        next: 'Leave it out: it is on by default.',
        ...fixOf(true, 'Remove enable.idempotence', lineEdit(idempotence)),
      };
    }
  },
};
