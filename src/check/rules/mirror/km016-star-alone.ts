import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { itemsOf, ofKind, textOf } from '../../settings.ts';

const patterns = new Set(['topics', 'topics.exclude', 'groups', 'groups.exclude']);

export const starAlone: Rule = {
  code: 'KM016',
  title: 'A star where a regular expression belongs',
  severity: 'error',
  confidence: 'high',
  story:
    'MirrorMaker does not start: "Dangling meta character". In a regular expression a star repeats what stands before it, and nothing does.',
  source: 'MirrorUtils.compilePatternList (java.util.regex.Pattern)',
  *check(known) {
    for (const mirror of ofKind(known, 'mirror-source', 'mirror-checkpoint'))
      for (const setting of mirror.settings) {
        const text = textOf(setting);
        if (!patterns.has(setting.key) || text === undefined) continue;
        const items = itemsOf(text);
        if (!items.some((item) => item.startsWith('*'))) continue;
        const right = items.map((item) => item.replace(/^\*/, '.*')).join(',');
        yield {
          at: setting.valueAt,
          says: `${setting.written ?? setting.key} is "${text}": a star alone is no regular expression.`,
          next: right,
          ...fixOf(false, `Write ${right}`, valueEdit(setting, right)),
        };
      }
  },
};
