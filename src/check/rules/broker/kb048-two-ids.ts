import { fixOf, lineEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const twoIds: Rule = {
  code: 'KB048',
  title: 'A node with two different ids',
  severity: 'error',
  confidence: 'high',
  story:
    'The node ends at start: broker.id is the old name of node.id, and somebody changed one of the two for a new machine.',
  source: 'KafkaConfig.validateValues (node.id and broker.id must be the same)',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const [id, old] = [settingOf(node, 'node.id'), settingOf(node, 'broker.id')];
      const [own, other] = [textOf(id), textOf(old)];
      if (!id || !old || own === undefined || other === undefined || own === other) continue;
      yield {
        at: old.valueAt,
        says: `broker.id is ${other}, and node.id ${own}.`,
        next: 'Leave broker.id out.',
        also: [{ at: id.valueAt, says: 'node.id' }],
        ...fixOf(false, 'Remove broker.id', lineEdit(old)),
      };
    }
  },
};
