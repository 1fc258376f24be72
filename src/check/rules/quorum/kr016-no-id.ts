import { quorumKeys } from '../../kraft.ts';
import type { Rule } from '../../rule.ts';
import { effectiveText, numberOf, ofKind, settingOf } from '../../settings.ts';

export const noId: Rule = {
  code: 'KR016',
  title: 'A node without a number',
  severity: 'error',
  confidence: 'high',
  story:
    'The node ends at start: with ZooKeeper a broker could be given its number, and with KRaft it must have one.',
  source: 'KRaftConfigs.NODE_ID_CONFIG (no default since 4.0; -1 before)',
  noFix: 'Which numbers are free, the other nodes tell.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const roles = settingOf(node, 'process.roles');
      if (!roles || node.open || node.beneath?.unseen?.has('node.id')) continue;
      if (settingOf(node, 'node.id') ?? settingOf(node, 'broker.id')) continue;
      const below = numberOf(effectiveText(known, node, 'node.id'));
      if (below !== undefined && below >= 0) continue;
      // Without a quorum either, it is a part of a file, and the environment has the rest.
      if (!quorumKeys.some((key) => settingOf(node, key))) continue;
      yield {
        at: roles.keyAt,
        says: 'process.roles is set, and node.id is not.',
        next: 'Set node.id to a number that no other node of the cluster has.',
      };
    }
  },
};
