import { calledConnector, classOf, hasDebezium, isDebezium } from '../../connect.ts';
import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

const renamed: Readonly<Record<string, string>> = {
  schema_only: 'no_data',
  schema_only_recovery: 'recovery',
};

export const removedSnapshotMode: Rule = {
  code: 'KN021',
  title: 'A snapshot mode that Debezium has no more',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'After the upgrade the connector does not start: the value of snapshot.mode is invalid. Meanwhile the database keeps its log for it, until the disk is full.',
  source: 'DBZ-8171 (3.3); SnapshotMode of each connector',
  *check(known) {
    for (const connector of ofKind(known, 'connect-source')) {
      const setting = settingOf(connector, 'snapshot.mode');
      const mode = textOf(setting)?.toLowerCase();
      if (!setting || mode === undefined || !isDebezium(connector)) continue;
      if (hasDebezium(known, connector, '3.3') !== true) continue;
      const isNever = mode === 'never' && /^(Postgres|MongoDb)Connector$/.test(classOf(connector));
      const now = isNever ? 'no_data' : renamed[mode];
      if (!now) continue;
      yield {
        at: setting.valueAt,
        says: `snapshot.mode of ${calledConnector(connector)} is ${mode}, which is ${now} since Debezium 3.3.`,
        next: now,
        ...fixOf(false, `Set snapshot.mode to ${now}`, valueEdit(setting, now)),
      };
    }
  },
};
