import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

export const oneCopy: Rule = {
  code: 'KS002',
  title: 'State has no second copy on any broker',
  severity: 'warning',
  confidence: 'high',
  production: true,
  guards: ['replication'],
  story:
    'A broker is away for maintenance, and the application stops: its changelogs and repartition topics are on that broker alone. If its disk is lost, so is all state.',
  source: 'StreamsConfig.REPLICATION_FACTOR_CONFIG (-1, the default, takes the brokers’)',
  *check(known) {
    for (const configuration of ofKind(known, 'streams')) {
      const setting = settingOf(configuration, 'replication.factor');
      if (!setting || numberOf(textOf(setting)) !== 1) continue;
      yield {
        at: setting.valueAt,
        says: 'replication.factor is 1 for all internal topics of the application.',
        next: "Three, or -1 for the brokers' default.replication.factor.",
        ...fixOf(false, 'Set replication.factor to 3', valueEdit(setting, '3')),
      };
    }
  },
};
