import type { Rule } from '../../rule.ts';
import { isFalse, isTrue, ofKind, settingOf, textOf } from '../../settings.ts';

type Controlled = {
  readonly key: string;
  /** Whether the value is another than what Streams insists on. */
  readonly differs: (text: string) => boolean;
  readonly exactlyOnce?: true;
};

const prefixes = ['', 'consumer.', 'main.consumer.', 'producer.'];
const controlled: readonly Controlled[] = [
  { key: 'enable.auto.commit', differs: isTrue },
  { key: 'isolation.level', differs: (text) => text === 'read_uncommitted', exactlyOnce: true },
  { key: 'enable.idempotence', differs: isFalse, exactlyOnce: true },
];

export const notYoursToSet: Rule = {
  code: 'KS008',
  title: 'A setting that Kafka Streams does not let anybody change',
  severity: 'warning',
  confidence: 'high',
  story:
    'The value is in the file and not in force: Streams logs a warning at start and uses its own. Whoever reads the file at night believes something that is not so.',
  source: 'StreamsConfig.checkIfUnexpectedUserSpecifiedConsumerConfig',
  noFix: 'the line has to go, and what it was there for may be elsewhere',
  *check(known) {
    for (const configuration of ofKind(known, 'streams')) {
      const guarantee = textOf(settingOf(configuration, 'processing.guarantee'));
      for (const { key, differs, exactlyOnce } of controlled) {
        if (exactlyOnce && guarantee !== 'exactly_once_v2') continue;
        for (const prefix of prefixes) {
          const setting = settingOf(configuration, prefix + key);
          const text = textOf(setting);
          if (setting && text !== undefined && differs(text))
            yield {
              at: setting.valueAt,
              says: `${setting.key} is ${text}; Streams ignores it${exactlyOnce ? ' with exactly_once_v2' : ''}.`,
              next: 'Remove it.',
            };
        }
      }
    }
  },
};
