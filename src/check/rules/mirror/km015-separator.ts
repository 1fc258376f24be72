import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

const key = 'replication.policy.separator';

export const separator: Rule = {
  code: 'KM015',
  title: 'A separator that no topic may have in its name',
  severity: 'error',
  confidence: 'high',
  story:
    'No topic can be made at the target: its name would be invalid. MirrorMaker tries again and again, and its log is all that tells.',
  source: 'DefaultReplicationPolicy.SEPARATOR_CONFIG; Topic.validate',
  noFix: 'topics that are there have the old one',
  *check(known) {
    for (const mirror of ofKind(known, 'mirror-source', 'mirror-checkpoint')) {
      const setting = settingOf(mirror, key);
      const text = textOf(setting);
      if (!setting || text === undefined || /^[a-zA-Z0-9._-]*$/.test(text)) continue;
      yield {
        at: setting.valueAt,
        says: `${setting.written ?? key} is "${text}"; names of topics have letters, digits, ".", "_" and "-".`,
        next: 'A dot, as it is by default, or a dash or an underscore.',
      };
    }
  },
};
