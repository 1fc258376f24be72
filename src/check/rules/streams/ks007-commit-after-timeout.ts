import type { Rule } from '../../rule.ts';
import { numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

/** StreamsConfig.DEFAULT_TRANSACTION_TIMEOUT, unlike the producer's own. */
const streamsDefault = 10_000;

export const commitAfterTimeout: Rule = {
  code: 'KS007',
  title: 'Transactions time out before they are committed',
  severity: 'error',
  confidence: 'high',
  story:
    'The application does not start: with exactly_once_v2 each commit ends a transaction, and these would be aborted first.',
  source: 'StreamsConfig.verifyEOSTransactionTimeoutCompatibility',
  noFix: 'either of the two may be the one to change',
  *check(known) {
    for (const configuration of ofKind(known, 'streams')) {
      if (textOf(settingOf(configuration, 'processing.guarantee')) !== 'exactly_once_v2') continue;
      const setting = settingOf(configuration, 'commit.interval.ms');
      const commit = numberOf(textOf(setting));
      const timeout = settingOf(configuration, 'producer.transaction.timeout.ms');
      const most = timeout ? numberOf(textOf(timeout)) : streamsDefault;
      if (!setting || commit === undefined || most === undefined || commit <= most) continue;
      yield {
        at: setting.valueAt,
        says: `commit.interval.ms is ${commit}; transactions end after ${most}${timeout ? '' : " (Streams' default)"}.`,
        next: 'Leave commit.interval.ms at 100 ms, or raise producer.transaction.timeout.ms.',
      };
    }
  },
};
