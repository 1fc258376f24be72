import { calledConnector, isDebezium, sharing } from '../../connect.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

const key = 'schema.history.internal.kafka.topic';

export const sharedHistory: Rule = {
  code: 'KN023',
  title: 'Two connectors keep the history of schemas in one topic',
  severity: 'error',
  confidence: 'medium',
  across: true,
  story:
    'It works until one of them restarts: it reads the tables of the other as its own, and stops with a schema that does not fit its log, or decodes columns wrongly.',
  source: "Debezium's documentation, schema.history.internal.kafka.topic: one connector only",
  noFix: 'each history has to be made anew, with snapshot.mode recovery',
  *check(known) {
    const connectors = ofKind(known, 'connect-source').filter(isDebezium);
    const topicOf = (connector: (typeof connectors)[number]) => textOf(settingOf(connector, key));
    for (const [connector, other] of sharing(known, connectors, topicOf)) {
      const setting = settingOf(connector, key);
      if (!setting) continue;
      yield {
        at: setting.valueAt,
        says: `${key} is ${textOf(setting)}, as that of ${calledConnector(other)}.`,
        next: 'A topic for each connector.',
        also: [{ at: settingOf(other, key)?.valueAt ?? other.at, says: calledConnector(other) }],
      };
    }
  },
};
