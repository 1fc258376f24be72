import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const rightsOfAnybody: Rule = {
  code: 'KX007',
  title: 'All rights for somebody without a name',
  severity: 'warning',
  confidence: 'high',
  production: 'named',
  guards: ['security'],
  story:
    'There are users, passwords and rules, and whoever comes without any of them is the administrator.',
  source: 'StandardAuthorizer.SUPER_USERS_CONFIG; KafkaPrincipal.ANONYMOUS',
  noFix: 'Brokers may be that user themselves, as long as they talk in the clear.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const setting = settingOf(node, 'super.users');
      const users = (textOf(setting) ?? '').split(';').map((one) => one.trim());
      if (setting && users.includes('User:ANONYMOUS'))
        yield {
          at: setting.valueAt,
          says: 'super.users has User:ANONYMOUS, which is everybody who does not log in.',
          next: 'Let brokers log in too, and name their user.',
        };
    }
    for (const { principal, permission, operations, name } of known.landscape.acls) {
      const [who, what] = [principal.value, name.value];
      if (permission !== 'allow' || !('known' in who) || !('known' in what)) continue;
      if (who.known !== 'User:*' || what.known !== '*') continue;
      if (operations.some((one) => /^all$/i.test(one)))
        yield {
          at: principal.at,
          says: 'User:* may do everything with all of them.',
          next: 'Name who needs it, and which operations.',
        };
    }
  },
};
