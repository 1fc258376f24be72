import { calledConnector, hasDebezium, isDebezium } from '../../connect.ts';
import { fixOf, renaming } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf } from '../../settings.ts';

const renamed: Readonly<Record<string, string>> = {
  'database.server.name': 'topic.prefix',
  'mongodb.name': 'topic.prefix',
  'database.history': 'schema.history.internal',
  ...Object.fromEntries(
    ['database', 'schema', 'table', 'column', 'collection', 'field'].flatMap((what) => [
      [`${what}.whitelist`, `${what}.include.list`],
      [`${what}.blacklist`, `${what}.exclude.list`],
    ]),
  ),
};

export const renamedInDebezium: Rule = {
  code: 'KN016',
  title: 'A setting that Debezium 2 does not know',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'The connector does not start after the upgrade; or it does, without the list of tables, and sends every table of the database to Kafka, with what nobody should see.',
  source: "Debezium's release notes, 2.0: RelationalDatabaseConnectorConfig, CommonConnectorConfig",
  *check(known) {
    for (const connector of ofKind(known, 'connect-source')) {
      if (!isDebezium(connector) || hasDebezium(known, connector, '2.0') !== true) continue;
      for (const setting of connector.settings) {
        const now = nameOf(setting.key);
        // Both are there for both versions.
        if (now === undefined || settingOf(connector, now)) continue;
        yield {
          at: setting.keyAt,
          says: `${setting.key} of ${calledConnector(connector)} is ${now} since Debezium 2.0.`,
          next: now,
          ...fixOf(false, `Rename it to ${now}`, renaming(connector, setting, now)),
        };
      }
    }
  },
};

function nameOf(key: string): string | undefined {
  const history = 'database.history.';
  return key.startsWith(history)
    ? `schema.history.internal.${key.slice(history.length)}`
    : renamed[key];
}
