import { calledConnector } from '../../connect.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const topicsOrPattern: Rule = {
  code: 'KN019',
  title: 'A sink with both topics and a pattern, or neither',
  severity: 'error',
  confidence: 'high',
  story:
    'Connect refuses the connector with 400, and the pipeline that posted it goes on: nothing is written, and nothing has failed either.',
  source: 'SinkConnectorConfig.validate',
  noFix: 'which topics are meant is not in the file',
  *check(known) {
    for (const connector of ofKind(known, 'connect-sink')) {
      const [topics, pattern] = [
        settingOf(connector, 'topics'),
        settingOf(connector, 'topics.regex'),
      ];
      if (topics && pattern && textOf(topics) !== '' && textOf(pattern) !== '')
        yield {
          at: pattern.keyAt,
          says: `${calledConnector(connector)} has topics and topics.regex.`,
          next: 'One of the two.',
          also: [{ at: topics.keyAt, says: 'topics' }],
        };
      else if (!topics && !pattern && !connector.open)
        yield {
          at: connector.at,
          says: `${calledConnector(connector)} has neither topics nor topics.regex.`,
          next: 'One of the two.',
        };
    }
  },
};
