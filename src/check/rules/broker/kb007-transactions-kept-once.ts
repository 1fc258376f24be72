import { brokersOf, clustersOf } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';
import { effective, numberOf } from '../../settings.ts';

const key = 'transaction.state.log.replication.factor';

export const transactionsKeptOnce: Rule = {
  code: 'KB007',
  title: 'What transactions did is kept on one broker each',
  severity: 'warning',
  confidence: 'high',
  production: true,
  across: true,
  guards: ['replication'],
  story:
    'One of three brokers is restarted, and producers whose transactions are kept there can not commit until it is back; with its disk, transactions stay open for ever, and consumers that read only committed records wait behind them.',
  source: 'TransactionLogConfig.TRANSACTIONS_TOPIC_REPLICATION_FACTOR_CONFIG (3)',
  noFix: 'A topic that exists keeps its copies; they have to be reassigned.',
  *check(known) {
    for (const cluster of clustersOf(known)) {
      const { brokers = 0 } = cluster;
      if (brokers < 2) continue;
      for (const node of brokersOf(known, cluster)) {
        const factor = effective(known, node, key);
        if (numberOf(factor?.text) !== 1) continue;
        yield {
          at: factor?.setting?.valueAt ?? node.at,
          says: `${key} is 1${factor?.by ? ` (${factor.by})` : ''}, of ${brokers} brokers.`,
          next: `Set ${key}=${Math.min(brokers, 3)} and transaction.state.log.min.isr=${brokers > 2 ? 2 : 1} on all of them.`,
        };
        break;
      }
    }
  },
};
