import { fixOf, lineEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

const hour = 3_600_000;

/** The first one that is set counts. */
const families = [
  [
    ['log.retention.ms', 1],
    ['log.retention.minutes', 60_000],
    ['log.retention.hours', hour],
  ],
  [
    ['log.roll.ms', 1],
    ['log.roll.hours', hour],
  ],
  [
    ['log.roll.jitter.ms', 1],
    ['log.roll.jitter.hours', hour],
  ],
] as const;

export const twoUnits: Rule = {
  code: 'KB027',
  title: 'A time that is given twice, in two units',
  severity: 'warning',
  confidence: 'high',
  story:
    'The disk is nearly full, somebody lowers log.retention.hours and restarts the brokers one by one, and nothing is deleted: log.retention.ms is set too, and counts.',
  source: 'KafkaConfig.logRetentionTimeMillis and logRollTimeMillis',
  *check(known) {
    for (const node of ofKind(known, 'broker'))
      for (const family of families) {
        const said = family.flatMap(([key, unit]) => {
          const setting = settingOf(node, key);
          const number = numberOf(textOf(setting));
          const length = number === undefined || number < 0 ? number : number * unit;
          return setting ? [{ setting, length }] : [];
        });
        const [counts, ...others] = said;
        for (const { setting, length } of others) {
          if (!counts || length === undefined || length === counts.length) continue;
          yield {
            at: setting.keyAt,
            says: `${setting.key} does not count: ${counts.setting.key} is set, to another time.`,
            next: `Keep one of the two; ${counts.setting.key} is the one that holds.`,
            also: [{ at: counts.setting.keyAt, says: 'This one counts.' }],
            ...fixOf(true, `Remove ${setting.key}`, lineEdit(setting)),
          };
        }
      }
  },
};
