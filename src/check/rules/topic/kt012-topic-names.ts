import type { Topic } from '../../../landscape/facts/topic.ts';
import type { Rule } from '../../rule.ts';
import { nameOf } from '../../topics.ts';

const longest = 249;

export const topicNames: Rule = {
  code: 'KT012',
  title: 'A topic name that is refused',
  severity: 'error',
  confidence: 'high',
  across: true,
  guards: ['topics-documented'],
  story:
    'The topic is not made, and the script goes on to the next one. Two names that differ in a dot and an underscore only are one name in metrics, so the second is refused.',
  source: 'Topic.validate, Topic.hasCollision (org.apache.kafka.common.internals)',
  noFix: 'whoever uses the topic has the name too',
  *check({ landscape }) {
    const first = new Map<string, Topic>();
    for (const topic of landscape.topics) {
      const name = nameOf(topic);
      // `<your-topic>` is for people to fill in.
      if (name === undefined || /[<>{}$%]/.test(name)) continue;
      const problem = problemOf(name);
      if (problem) yield { at: topic.name.at, says: `"${name.slice(0, 60)}" ${problem}.` };
      // Those of one cluster, or of one file.
      const place = `${topic.cluster ?? topic.at.file} ${name.replaceAll('.', '_')}`;
      const other = first.get(place);
      const otherName = other && nameOf(other);
      if (!other) first.set(place, topic);
      else if (!problem && otherName !== undefined && otherName !== name)
        yield {
          at: topic.name.at,
          says: `${name} and ${otherName} are the same in metrics: Kafka takes one of them.`,
          next: 'Dots or underscores in names of topics, not both.',
          also: [{ at: other.name.at, says: otherName }],
        };
    }
  },
};

function problemOf(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name === '.' || name === '..') return 'is no name';
  if (name.length > longest) return `has ${name.length} characters, of ${longest} at most`;
  const [wrong] = /[^a-zA-Z0-9._-]/u.exec(name) ?? [];
  if (wrong === undefined) return undefined;
  return `has ${/\s/.test(wrong) ? 'a blank' : wrong}; letters, digits, ".", "_" and "-" are allowed`;
}
