import type { Rule } from '../../rule.ts';
import { numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

/** TransactionStateManagerConfig.TRANSACTIONS_MAX_TIMEOUT_MS_DEFAULT. */
const brokersDefault = 900_000;

export const transactionTimeout: Rule = {
  code: 'KP013',
  title: 'Transactions that may last longer than brokers allow',
  severity: 'error',
  confidence: 'medium',
  across: true,
  story:
    'The producer starts, and its first initTransactions fails: InvalidTxnTimeoutException. Nothing is sent until the value is lowered here or raised on all brokers.',
  source: 'TransactionCoordinator.handleInitProducerId; transaction.max.timeout.ms',
  noFix: 'either side may be the one to change',
  *check(known) {
    const limits = ofKind(known, 'broker').map((broker) =>
      settingOf(broker, 'transaction.max.timeout.ms'),
    );
    const set = limits.map(
      (limit) => numberOf(textOf(limit)) ?? (limit ? Number.POSITIVE_INFINITY : brokersDefault),
    );
    const most = set.length === 0 ? brokersDefault : Math.max(...set);
    for (const configuration of ofKind(known, 'producer')) {
      const setting = settingOf(configuration, 'transaction.timeout.ms');
      const asked = numberOf(textOf(setting));
      if (!setting || asked === undefined || asked <= most) continue;
      yield {
        at: setting.valueAt,
        says: `transaction.timeout.ms is ${asked}, more than the ${most} that ${most === brokersDefault ? 'brokers allow unless told otherwise' : 'the brokers allow'}.`,
        next: 'Lower it, or raise transaction.max.timeout.ms on all brokers.',
      };
    }
  },
};
