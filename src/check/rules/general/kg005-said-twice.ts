import type { Setting } from '../../../landscape/facts/configuration.ts';
import { fixOf, lineEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';

export const saidTwice: Rule = {
  code: 'KG005',
  title: 'A key that is set twice',
  severity: 'error',
  confidence: 'high',
  story:
    'Java keeps the last one. Whoever changes the first one at night sees no effect, and looks for the reason in the wrong place.',
  source: 'java.util.Properties.load',
  *check({ landscape }) {
    for (const { settings } of landscape.configurations) {
      const last = new Map(settings.map((setting) => [setting.key, setting]));
      for (const setting of settings) {
        const counts = last.get(setting.key);
        if (!counts || counts === setting) continue;
        yield {
          at: setting.keyAt,
          says: `${setting.key} is set again in line ${counts.keyAt.line}${sameText(setting, counts) ? '' : ', to something else'}; this one does not count.`,
          next: 'Remove one of the two.',
          ...(sameText(setting, counts) && fixOf(true, 'Remove the first', lineEdit(setting))),
        };
      }
    }
  },
};

const sameText = (one: Setting, other: Setting): boolean =>
  JSON.stringify(one.value) === JSON.stringify(other.value);
