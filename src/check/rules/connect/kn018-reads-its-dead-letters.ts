import { calledConnector } from '../../connect.ts';
import type { Rule } from '../../rule.ts';
import { itemsOf, ofKind, settingOf, textOf } from '../../settings.ts';

export const readsItsDeadLetters: Rule = {
  code: 'KN018',
  title: 'A sink reads its own dead letters',
  severity: 'error',
  confidence: 'high',
  guards: ['dead-letters'],
  story:
    'Connect refuses the connector where it can see it. Through a pattern or a renamed topic it is a circle: one record that fails is written again and again.',
  source: 'SinkConnectorConfig.validate',
  noFix: 'which of the two names is wrong is not in the file',
  *check(known) {
    for (const connector of ofKind(known, 'connect-sink')) {
      const setting = settingOf(connector, 'errors.deadletterqueue.topic.name');
      const topic = textOf(setting);
      const topics = itemsOf(textOf(settingOf(connector, 'topics')));
      if (!setting || !topic || !topics.includes(topic)) continue;
      yield {
        at: setting.valueAt,
        says: `${calledConnector(connector)} reads ${topic}, and writes what fails to it.`,
        next: 'Dead letters go to a topic of their own.',
      };
    }
  },
};
