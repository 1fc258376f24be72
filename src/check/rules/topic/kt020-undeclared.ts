import { isAside } from '../../environment.ts';
import type { Rule } from '../../rule.ts';
import { isFalse, ofKind, settingOf, textOf } from '../../settings.ts';

export const undeclaredTopic: Rule = {
  code: 'KT020',
  title: 'A topic that a program uses and nothing makes',
  severity: 'warning',
  confidence: 'medium',
  across: true,
  guards: ['topics-documented'],
  story:
    'The release goes out, and its first send waits a minute and fails: UNKNOWN_TOPIC_OR_PARTITION. The topic is in the code and in nobody’s list, and brokers make none by themselves.',
  source: 'auto.create.topics.enable; KafkaProducer.waitOnMetadata (max.block.ms)',
  noFix: 'how many partitions it needs is for people to say',
  *check(known) {
    const { landscape, environmentOf } = known;
    const { topics, uses } = landscape;
    // Only where topics are listed, the whole list is readable, and brokers are told to make none.
    const off = ofKind(known, 'broker')
      .map((one) => settingOf(one, 'auto.create.topics.enable'))
      .find((setting) => isFalse(textOf(setting)));
    if (!off || topics.length === 0 || topics.some(({ name }) => 'unknown' in name.value)) return;
    const listed = new Set(topics.map(({ name: { value } }) => 'known' in value && value.known));
    const [first] = topics;
    for (const { topic, pattern, does, at } of uses) {
      if (!('known' in topic.value) || pattern || isAside(environmentOf(at.file))) continue;
      const { known: name, from } = topic.value;
      if (from !== undefined || listed.has(name)) continue;
      yield {
        at: topic.at,
        says: `${name} is ${does === 'produces' ? 'written to' : 'read'} here, and is none of the topics that are made.`,
        next: 'Make it where the others are made.',
        also: [
          ...(first ? [{ at: first.name.at, says: 'Where topics are made.' }] : []),
          { at: off.valueAt, says: 'Brokers make none by themselves.' },
        ],
      };
    }
  },
};
