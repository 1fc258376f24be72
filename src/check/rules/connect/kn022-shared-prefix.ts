import { calledConnector, isDebezium, sharing } from '../../connect.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const sharedPrefix: Rule = {
  code: 'KN022',
  title: 'Two connectors write under one prefix',
  severity: 'error',
  confidence: 'medium',
  across: true,
  story:
    'Rows of two databases are in one topic, with keys that mean two things; and schema changes of one are read as those of the other when it starts again.',
  source: "Debezium's documentation, topic.prefix: unique across all connectors",
  noFix: 'another prefix is another set of topics, and a new snapshot',
  *check(known) {
    const connectors = ofKind(known, 'connect-source').filter(isDebezium);
    const prefixOf = (connector: (typeof connectors)[number]) =>
      textOf(settingOf(connector, 'topic.prefix'));
    for (const [connector, other] of sharing(known, connectors, prefixOf)) {
      const setting = settingOf(connector, 'topic.prefix');
      if (!setting) continue;
      yield {
        at: setting.valueAt,
        says: `topic.prefix is ${textOf(setting)}, as that of ${calledConnector(other)}.`,
        next: 'A topic.prefix for each connector.',
        also: [
          {
            at: settingOf(other, 'topic.prefix')?.valueAt ?? other.at,
            says: calledConnector(other),
          },
        ],
      };
    }
  },
};
