import { calledConnector, isDebezium } from '../../connect.ts';
import type { Rule } from '../../rule.ts';
import { numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

const [query, interval] = ['heartbeat.action.query', 'heartbeat.interval.ms'];

export const heartbeatNeverBeats: Rule = {
  code: 'KN025',
  title: 'A heartbeat query that never runs',
  severity: 'error',
  confidence: 'high',
  story:
    'The tables of the connector are quiet, others are not: the slot keeps all of the log, and the disk of the database fills, though somebody had thought of it.',
  source: 'CommonConnectorConfig.createHeartbeat: nothing without heartbeat.interval.ms',
  noFix: 'how often is enough depends on the disk of the database',
  *check(known) {
    for (const connector of ofKind(known, 'connect-source')) {
      const setting = settingOf(connector, query);
      if (!setting || textOf(setting) === '' || connector.open || !isDebezium(connector)) continue;
      const every = settingOf(connector, interval);
      if (every && numberOf(textOf(every)) !== 0) continue;
      yield {
        at: setting.keyAt,
        says: `${query} of ${calledConnector(connector)} never runs: ${interval} is ${every ? '' : 'not set, and '}0.`,
        next: `${interval}=10000`,
      };
    }
  },
};
