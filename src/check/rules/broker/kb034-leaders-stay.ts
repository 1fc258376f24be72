import { fixOf, lineEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { isFalse, ofKind, settingOf, textOf } from '../../settings.ts';

const key = 'auto.leader.rebalance.enable';

export const leadersStay: Rule = {
  code: 'KB034',
  title: 'Leaders never come back to a broker that was away',
  severity: 'info',
  confidence: 'medium',
  production: 'named',
  story:
    'After a rolling restart the broker that came back last leads nothing, and the others what was its: their networks are full, and it is idle.',
  source: 'ReplicationConfigs.AUTO_LEADER_REBALANCE_ENABLE_CONFIG (true)',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const setting = settingOf(node, key);
      if (setting && isFalse(textOf(setting)))
        yield {
          at: setting.valueAt,
          says: `${key} is false.`,
          next: 'Leave it out, unless Cruise Control or kafka-leader-election does it.',
          ...fixOf(false, `Remove ${key}`, lineEdit(setting)),
        };
    }
  },
};
