import { hasDebezium, isDebezium } from '../../connect.ts';
import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const removedPlugin: Rule = {
  code: 'KN026',
  title: 'A decoding plug-in that Debezium has no more',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'After the upgrade the connector does not start, and its slot keeps the log of the database until the disk is full.',
  source: "Debezium's release notes, 2.0: LogicalDecoder",
  *check(known) {
    for (const connector of ofKind(known, 'connect-source')) {
      const setting = settingOf(connector, 'plugin.name');
      if (!setting || !/^wal2json(_|$)/.test(textOf(setting) ?? '')) continue;
      if (!isDebezium(connector) || hasDebezium(known, connector, '2.0') !== true) continue;
      yield {
        at: setting.valueAt,
        says: `plugin.name is ${textOf(setting)}, which is gone since Debezium 2.0.`,
        next: 'pgoutput, which PostgreSQL has itself; a slot is made for one plug-in, so it takes a new one.',
        ...fixOf(false, 'Set plugin.name to pgoutput', valueEdit(setting, 'pgoutput')),
      };
    }
  },
};
