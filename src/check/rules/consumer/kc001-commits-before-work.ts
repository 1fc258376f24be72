import { callsOf, saidBy } from '../../calls.ts';
import type { Rule } from '../../rule.ts';
import { effective, isTrue, ofKind, settingOf, textOf } from '../../settings.ts';

export const commitsBeforeWork: Rule = {
  code: 'KC001',
  title: 'Offsets are committed whether or not the work is done',
  severity: 'warning',
  confidence: 'medium',
  guards: ['auto-commit'],
  story:
    'The service is killed while messages are still being worked on. Their offsets have been committed on a timer already; after the restart it goes on behind them, and they are gone.',
  source:
    "SmallRye's Kafka connector, commit-strategy: with enable.auto.commit it is `ignore`; librdkafka's CONFIGURATION.md, enable.auto.offset.store",
  noFix: 'whether losses are meant is not in the file',
  *check(known) {
    for (const configuration of ofKind(known, 'consumer')) {
      const { framework, library, code, at } = configuration;
      if (library === 'librdkafka' && code) {
        const commit = effective(known, configuration, 'enable.auto.commit');
        const isRead = callsOf(known, 'polls').some((poll) => poll.configuration === configuration);
        // It stores an offset when it hands the record over, not when that is done.
        if (
          !isRead ||
          !isTrue(commit?.text) ||
          settingOf(configuration, 'enable.auto.offset.store')
        )
          continue;
        yield {
          at: commit?.setting?.valueAt ?? at,
          says: `enable.auto.commit is true${saidBy(commit?.by)}: librdkafka commits on a timer what it has handed over, done or not.`,
          next: 'enable.auto.offset.store=false and store_offsets after the work, or commit by hand.',
        };
        continue;
      }
      if (framework?.name !== 'smallrye') continue;
      const setting = settingOf(configuration, 'enable.auto.commit');
      const strategy = framework.settings.find(({ key }) => key === 'commit-strategy');
      if (!setting || !isTrue(textOf(setting)) || strategy) continue;
      yield {
        at: setting.valueAt,
        says: 'enable.auto.commit is true: the connector commits on a timer and no longer looks at acknowledgements.',
        next: "Leave it out: the connector's default, throttled, commits what has been acknowledged.",
      };
    }
  },
};
