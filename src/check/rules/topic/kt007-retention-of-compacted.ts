import { fixOf, lineEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';
import { policiesOf } from '../../topics.ts';

export const retentionOfCompacted: Rule = {
  code: 'KT007',
  title: 'Retention of a topic that is only compacted',
  severity: 'warning',
  confidence: 'high',
  story:
    'Somebody counts on records being gone after a week, for the disk or for the law. Compaction keeps the last one of each key for ever; the disk fills, and data that must not be there is.',
  source: 'UnifiedLog.deleteOldSegments: time and size count only with cleanup.policy delete',
  *check(known) {
    for (const configuration of ofKind(known, 'topic')) {
      const policies = policiesOf(configuration);
      if (!policies.includes('compact') || policies.includes('delete')) continue;
      for (const key of ['retention.ms', 'retention.bytes']) {
        const setting = settingOf(configuration, key);
        const text = textOf(setting);
        if (!setting || text === undefined || text === '-1') continue;
        yield {
          at: setting.valueAt,
          says: `${key} is ${text}, and cleanup.policy is compact: it means nothing.`,
          next: 'cleanup.policy=compact,delete, if old records are to go; else leave it out.',
          ...fixOf(false, `Remove ${key}`, isOwnLine(setting.keyAt.file) ? lineEdit(setting) : []),
        };
      }
    }
  },
};

/** In a script it is a part of a command. */
const isOwnLine = (file: string): boolean => /\.(ya?ml|properties)$/.test(file);
