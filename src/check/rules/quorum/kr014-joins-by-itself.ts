import { fixOf, lineEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { effectiveText, isTrue, itemsOf, ofKind, settingOf, textOf } from '../../settings.ts';

const key = 'controller.quorum.auto.join.enable';

export const joinsByItself: Rule = {
  code: 'KR014',
  title: 'A mere broker that would join the quorum',
  severity: 'error',
  confidence: 'high',
  story:
    'The broker ends at start: one file was made for all nodes, and only controllers may join the voters.',
  source: `KafkaConfig.validateValues (${key} is only supported with the role of a controller)`,
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const setting = settingOf(node, key);
      const roles = itemsOf(effectiveText(known, node, 'process.roles'));
      // Before 4.2 nothing read it.
      if (!setting || !known.keys('broker', node.release).has(key)) continue;
      if (!isTrue(textOf(setting)) || roles.join() !== 'broker') continue;
      yield {
        at: setting.valueAt,
        says: `${key} is true, and process.roles is broker.`,
        next: 'Leave it out on brokers.',
        ...fixOf(true, `Remove ${key}`, lineEdit(setting)),
      };
    }
  },
};
