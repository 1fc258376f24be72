import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { isTrue, ofKind, settingOf, textOf } from '../../settings.ts';

const key = 'allow.everyone.if.no.acl.found';

export const everybodyWhereNoRule: Rule = {
  code: 'KX006',
  title: 'Everybody may do everything where no rule says otherwise',
  severity: 'warning',
  confidence: 'high',
  production: 'named',
  guards: ['security'],
  story:
    'A new topic has no rules yet, and everybody may read it. Somebody gives one service a right to it, and all the others are shut out in the same moment.',
  source: 'StandardAuthorizer.ALLOW_EVERYONE_IF_NO_ACL_IS_FOUND_CONFIG (false)',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const setting = settingOf(node, key);
      if (!setting || !isTrue(textOf(setting)) || !settingOf(node, 'authorizer.class.name'))
        continue;
      yield {
        at: setting.valueAt,
        says: `${key} is true.`,
        next: 'Leave it out, once every client has its rules.',
        ...fixOf(false, `Set ${key} to false`, valueEdit(setting, 'false')),
      };
    }
  },
};
