import type { TopicUse } from '../../../landscape/facts/topic.ts';
import { isAside } from '../../environment.ts';
import type { Known, Rule } from '../../rule.ts';

export const sharedGroup: Rule = {
  code: 'KC013',
  title: 'Programs with different topics are one group',
  severity: 'warning',
  confidence: 'medium',
  across: true,
  guards: ['group-names'],
  story:
    'One service is deployed, and another one that has nothing to do with it stops: they share a group, so each rebalance is one of both. And lag of the group says nothing about either.',
  source: 'ConsumerConfig.GROUP_ID_CONFIG; the group protocol assigns to all members together',
  noFix: 'their names are for people to choose, and offsets belong to the old one',
  *check(known) {
    for (const [group, members] of membersByGroup(known)) {
      const [first] = members;
      const other = members.find(
        (one) =>
          first &&
          one.program !== first.program &&
          !topicsOf(members, one.program).some((topic) =>
            topicsOf(members, first.program).includes(topic),
          ),
      );
      if (!first?.group || !other?.group) continue;
      yield {
        at: other.group.at,
        says: `${other.program || 'This program'} reads with group "${group}", as ${first.program || 'another one'} does for other topics.`,
        next: 'Give each program a group of its own.',
        also: [{ at: first.group.at, says: 'The same group.' }],
      };
    }
  },
};

/** Samples and tests that lie beside each other are not run together. */
function membersByGroup({ landscape, environmentOf }: Known): Map<string, TopicUse[]> {
  const groups = new Map<string, TopicUse[]>();
  for (const use of landscape.uses) {
    if (use.does !== 'consumes' || !use.group || use.pattern) continue;
    if (!('known' in use.group.value) || !('known' in use.topic.value)) continue;
    if (isAside(environmentOf(use.at.file))) continue;
    const name = use.group.value.known;
    groups.set(name, [...(groups.get(name) ?? []), use]);
  }
  return groups;
}

const topicsOf = (members: readonly TopicUse[], program: string): string[] =>
  members.flatMap(({ program: of, topic: { value } }) =>
    of === program && 'known' in value ? [value.known] : [],
  );
