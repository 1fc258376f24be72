import type { Configuration } from '../../../landscape/facts/configuration.ts';
import { calledConnector, classOf, isDebezium, sharing } from '../../connect.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const sharedServerId: Rule = {
  code: 'KN024',
  title: 'Two connectors are one replica to MySQL',
  severity: 'error',
  confidence: 'medium',
  across: true,
  story:
    'MySQL ends the connection of the first when the second comes with the same id, and the first comes back: each is thrown out all the time, and neither gets on.',
  source: "Debezium's documentation, database.server.id: unique in the cluster of MySQL",
  noFix: 'which ids are free only the database knows',
  *check(known) {
    const connectors = ofKind(known, 'connect-source').filter(
      (one) => isDebezium(one) && /^(MySql|MariaDb)Connector$/.test(classOf(one)),
    );
    for (const [connector, other] of sharing(known, connectors, replicaOf)) {
      const setting = settingOf(connector, 'database.server.id');
      if (!setting) continue;
      yield {
        at: setting.valueAt,
        says: `database.server.id is ${textOf(setting)}, as that of ${calledConnector(other)} for the same server.`,
        next: 'A number for each connector.',
        also: [{ at: other.at, says: calledConnector(other) }],
      };
    }
  },
};

function replicaOf(connector: Configuration): string | undefined {
  const [host, id] = ['database.hostname', 'database.server.id'].map((key) =>
    textOf(settingOf(connector, key)),
  );
  return host === undefined || id === undefined ? undefined : `${host} ${id}`;
}
