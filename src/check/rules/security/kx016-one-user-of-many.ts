import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const oneUserOfMany: Rule = {
  code: 'KX016',
  title: 'Super users with commas between are one user',
  severity: 'error',
  confidence: 'high',
  guards: ['security'],
  story:
    'Three administrators are named, and none of them is one: names of certificates have commas in them, so it is a semicolon that stands between users.',
  source: 'StandardAuthorizer.getConfiguredSuperUsers (split at ;)',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const setting = settingOf(node, 'super.users');
      const text = textOf(setting) ?? '';
      if (!setting || !/,\s*User:/.test(text)) continue;
      yield {
        at: setting.valueAt,
        says: 'super.users has a comma before User:, and everything up to the next semicolon is one name.',
        next: 'Separate users by semicolons.',
        ...fixOf(
          false,
          'Separate users by semicolons',
          valueEdit(setting, text.replaceAll(/,\s*(?=User:)/g, ';')),
        ),
      };
    }
  },
};
