import type { Rule } from '../../rule.ts';
import { numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

const key = 'group.initial.rebalance.delay.ms';

export const groupsStartAtOnce: Rule = {
  code: 'KB033',
  title: 'Groups are balanced with the first member that comes',
  severity: 'info',
  confidence: 'medium',
  production: 'named',
  story:
    'Forty instances are deployed together, and their group is rebalanced forty times, with each that arrives; nothing is read until the last one is there.',
  source: 'GroupCoordinatorConfig.GROUP_INITIAL_REBALANCE_DELAY_MS_CONFIG (3000)',
  noFix: 'Groups of one member start later with it.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const setting = settingOf(node, key);
      if (setting && numberOf(textOf(setting)) === 0)
        yield {
          at: setting.valueAt,
          says: `${key} is 0, which is for tests.`,
          next: "Leave it out; Kafka's default is three seconds.",
        };
    }
  },
};
