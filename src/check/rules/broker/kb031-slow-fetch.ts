import type { Rule } from '../../rule.ts';
import { effective, numberOf, ofKind, settingOf } from '../../settings.ts';

const limits = ['replica.socket.timeout.ms', 'replica.lag.time.max.ms'] as const;

export const slowFetch: Rule = {
  code: 'KB031',
  title: 'Replicas that wait longer than they may lag',
  severity: 'error',
  confidence: 'high',
  story:
    'The broker ends at start: a follower that waits for new records that long would be thrown out of the in-sync replicas whenever nothing is written.',
  source: 'KafkaConfig.validateValues (replica.fetch.wait.max.ms)',
  noFix: 'Which of the two was meant, nobody but its owner knows.',
  *check(known) {
    for (const configuration of ofKind(known, 'broker')) {
      const of = (key: string) => numberOf(effective(known, configuration, key)?.text);
      const wait = of('replica.fetch.wait.max.ms');
      for (const key of limits) {
        const limit = of(key);
        const setting =
          settingOf(configuration, 'replica.fetch.wait.max.ms') ?? settingOf(configuration, key);
        if (!setting || wait === undefined || limit === undefined || wait <= limit) continue;
        yield {
          at: setting.valueAt,
          says: `replica.fetch.wait.max.ms is ${wait}, and ${key} only ${limit}.`,
          next: 'Leave both at their defaults (500 and 30000).',
        };
        break;
      }
    }
  },
};
