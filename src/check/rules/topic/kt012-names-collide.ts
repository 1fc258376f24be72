import type { Topic } from '../../../landscape/facts/topic.ts';
import type { Rule } from '../../rule.ts';

export const namesCollide: Rule = {
  code: 'KT012',
  title: 'Two topics whose names are the same to metrics',
  severity: 'error',
  confidence: 'high',
  across: true,
  guards: ['topics-documented'],
  story:
    'The second of the two is never made: metrics have an underscore for a dot, so the broker refuses a name that differs in nothing else.',
  source: 'Topic.hasCollision (InvalidTopicException)',
  noFix: 'A topic that exists can not be renamed.',
  *check({ landscape }) {
    const seen = new Map<string, Topic>();
    for (const topic of landscape.topics) {
      const { name, cluster = '', by, at } = topic;
      if (!('known' in name.value)) continue;
      const place = `${by} ${cluster} ${at.file} ${name.value.known.replaceAll('.', '_')}`;
      const other = seen.get(place);
      seen.set(place, other ?? topic);
      if (!other || !('known' in other.name.value)) continue;
      if (other.name.value.known === name.value.known) continue;
      yield {
        at: name.at,
        says: `${name.value.known} collides with ${other.name.value.known}.`,
        next: 'Use dots or underscores, and not both.',
        also: [{ at: other.name.at, says: 'The other one.' }],
      };
    }
  },
};
