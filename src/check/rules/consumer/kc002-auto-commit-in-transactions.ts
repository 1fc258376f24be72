import { callsOf, saidBy } from '../../calls.ts';
import type { Rule } from '../../rule.ts';
import { effective, isTrue, ofKind, settingOf, textOf } from '../../settings.ts';

export const autoCommitInTransactions: Rule = {
  code: 'KC002',
  title: 'Offsets are committed outside the transaction',
  severity: 'warning',
  confidence: 'medium',
  across: true,
  guards: ['auto-commit'],
  story:
    'A transaction is aborted, but the offsets of what it had read have been committed on a timer: the records are never read again. Or it is committed, and the offsets are not yet: they are handled twice.',
  source: 'KafkaProducer.sendOffsetsToTransaction (enable.auto.commit should be false)',
  noFix: 'offsets must then be sent in the transaction, by code',
  *check(known) {
    const producers = ofKind(known, 'producer').filter((one) => settingOf(one, 'transactional.id'));
    const offsets = callsOf(known, 'sends-offsets-to-transaction');
    for (const configuration of ofKind(known, 'consumer')) {
      const setting = settingOf(configuration, 'enable.auto.commit');
      const commit = effective(known, configuration, 'enable.auto.commit');
      const sent = offsets.find(({ at }) => configuration.code && at.file === configuration.file);
      if (sent && isTrue(commit?.text)) {
        yield {
          at: setting?.valueAt ?? configuration.at,
          says: `enable.auto.commit is true${saidBy(commit?.by)}, and offsets are sent in transactions.`,
          next: 'Set it to false: the transaction has the offsets.',
          also: [{ at: sent.at, says: 'The transaction gets them here.' }],
        };
        continue;
      }
      if (!setting || !isTrue(textOf(setting))) continue;
      const producer = producers.find(
        (one) => one.file === configuration.file && one.name === configuration.name,
      );
      const id = producer && settingOf(producer, 'transactional.id');
      if (!id) continue;
      yield {
        at: setting.valueAt,
        says: 'enable.auto.commit is true beside a producer of transactions.',
        next: 'Set it to false, and let the transaction have the offsets.',
        also: [{ at: id.keyAt, says: 'The producer of transactions.' }],
      };
    }
  },
};
