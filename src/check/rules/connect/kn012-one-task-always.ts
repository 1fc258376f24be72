import { calledConnector, classOf, isDebezium } from '../../connect.ts';
import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

const single = /^(Postgres|MySql|MariaDb|Oracle)Connector$/;

export const oneTaskAlways: Rule = {
  code: 'KN012',
  title: 'More tasks for a connector that has one',
  severity: 'info',
  confidence: 'high',
  story:
    'The connector is too slow, tasks.max is raised, and nothing happens: a log of changes is read in its order, by one task.',
  source: "Debezium's documentation, tasks.max of each connector",
  *check(known) {
    for (const connector of ofKind(known, 'connect-source')) {
      const setting = settingOf(connector, 'tasks.max');
      const most = numberOf(textOf(setting));
      if (!setting || most === undefined || most <= 1) continue;
      if (!isDebezium(connector) || !single.test(classOf(connector))) continue;
      yield {
        at: setting.valueAt,
        says: `tasks.max is ${most}; ${calledConnector(connector)} has one task, always.`,
        next: 'Several connectors, each with tables of its own, share the load.',
        ...fixOf(true, 'Set tasks.max to 1', valueEdit(setting, '1')),
      };
    }
  },
};
