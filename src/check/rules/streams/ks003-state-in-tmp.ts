import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const stateInTmp: Rule = {
  code: 'KS003',
  title: 'State is kept where the system cleans up',
  severity: 'warning',
  confidence: 'high',
  story:
    'Files below /tmp are removed while the application runs or after a restart, and it reads whole changelogs again before it goes on: minutes or hours without results.',
  source: "StreamsConfig.STATE_DIR_CONFIG; systemd's tmpfiles.d(5)",
  noFix: 'which folder stays is for people to say',
  *check(known) {
    for (const configuration of ofKind(known, 'streams')) {
      const setting = settingOf(configuration, 'state.dir');
      const folder = textOf(setting);
      if (!setting || !folder || !/^\/(var\/)?tmp(\/|$)/.test(folder)) continue;
      yield {
        at: setting.valueAt,
        says: `state.dir is ${folder}.`,
        next: 'A folder on a disk that stays, such as /var/lib/kafka-streams.',
      };
    }
  },
};
