import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

const key = 'offset.storage.file.filename';

export const offsetsInTmp: Rule = {
  code: 'KN015',
  title: 'Offsets of a standalone worker in /tmp',
  severity: 'error',
  confidence: 'high',
  production: true,
  story:
    'The machine restarts, and its connectors begin from the start: everything that they ever read goes to its topic once more.',
  source: 'StandaloneConfig.OFFSET_STORAGE_FILE_FILENAME_CONFIG',
  noFix: 'which folder outlives a restart is not in the file',
  *check(known) {
    for (const worker of ofKind(known, 'connect-standalone')) {
      const setting = settingOf(worker, key);
      const text = textOf(setting);
      if (!setting || !text || !/^\/(var\/)?tmp\//.test(text)) continue;
      yield {
        at: setting.valueAt,
        says: `${key} is ${text}.`,
        next: 'A folder that stays, such as /var/lib/kafka-connect; better, distributed workers.',
      };
    }
  },
};
