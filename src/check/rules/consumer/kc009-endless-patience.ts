import type { Rule } from '../../rule.ts';
import { numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

const hour = 3_600_000;

export const endlessPatience: Rule = {
  code: 'KC009',
  title: 'A consumer that hangs keeps its partitions for hours',
  severity: 'warning',
  confidence: 'medium',
  guards: ['back-pressure'],
  story:
    'A call inside a handler never returns. Heartbeats go on, since they have a thread of their own, and nobody else gets the partitions before this interval is over.',
  source: 'ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG (KIP-62)',
  noFix: 'how long one batch may take is not in the file',
  *check(known) {
    for (const configuration of ofKind(known, 'consumer')) {
      const setting = settingOf(configuration, 'max.poll.interval.ms');
      const interval = numberOf(textOf(setting));
      if (!setting || interval === undefined || interval < hour) continue;
      const length =
        interval > 30 * 24 * hour
          ? 'as good as for ever'
          : `${Math.round((interval / hour) * 10) / 10} h`;
      yield {
        at: setting.valueAt,
        says: `max.poll.interval.ms is ${interval} (${length}).`,
        next: 'Fetch fewer records at a time (max.poll.records), or pause partitions while long work is done.',
      };
    }
  },
};
