import type { Topic } from '../../../landscape/facts/topic.ts';
import type { Rule } from '../../rule.ts';
import { settingOf } from '../../settings.ts';
import { nameOf, numberIn } from '../../topics.ts';

const ofDeadLetters = /^(.+)[._-](dlq|dlt|dead-?letters?)$/i;

export const shortDeadLetters: Rule = {
  code: 'KT018',
  title: 'Dead letters go before the topic they are from',
  severity: 'warning',
  confidence: 'medium',
  across: true,
  guards: ['dead-letters'],
  story:
    'Records fail at a weekend, and go to the dead letters. When somebody looks on Monday they are gone, and the topic that they came from still has everything else.',
  source: 'TopicConfig.RETENTION_MS_CONFIG',
  noFix: 'how long people need is for them to say',
  *check({ landscape }) {
    for (const topic of landscape.topics) {
      const of = ofDeadLetters.exec(nameOf(topic) ?? '')?.[1];
      const own = numberIn(topic.configuration, 'retention.ms');
      const setting = topic.configuration && settingOf(topic.configuration, 'retention.ms');
      if (of === undefined || own === undefined || !setting || own < 0) continue;
      const source = landscape.topics.find((one) => nameOf(one) === of && isBeside(one, topic));
      const longer = numberIn(source?.configuration, 'retention.ms');
      if (!source || longer === undefined || (longer >= 0 && longer <= own)) continue;
      yield {
        at: setting.valueAt,
        says: `retention.ms is ${own}; ${of}, from which the records come, has ${longer}.`,
        next: 'At least as long as the topic itself, better some weeks.',
        also: [{ at: source.at, says: of }],
      };
    }
  },
};

const isBeside = (one: Topic, other: Topic): boolean =>
  one.cluster === other.cluster && (one.cluster !== undefined || one.at.file === other.at.file);
