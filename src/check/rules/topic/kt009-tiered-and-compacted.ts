import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { isTrue, ofKind, settingOf, textOf } from '../../settings.ts';
import { policiesOf } from '../../topics.ts';

export const tieredAndCompacted: Rule = {
  code: 'KT009',
  title: 'Tiered storage for a compacted topic',
  severity: 'error',
  confidence: 'high',
  story:
    'The topic is not made, or the change is refused: remote storage takes topics with cleanup.policy=delete only. What runs is not what the file says.',
  source: 'LogConfig.validateRemoteStorageRequiresDeleteCleanupPolicy',
  *check(known) {
    for (const configuration of ofKind(known, 'topic')) {
      const setting = settingOf(configuration, 'remote.storage.enable');
      if (!setting || !isTrue(textOf(setting))) continue;
      if (!policiesOf(configuration).includes('compact')) continue;
      yield {
        at: setting.valueAt,
        says: 'remote.storage.enable is true, and cleanup.policy has compact.',
        next: 'One of the two: a compacted topic stays on the disks of the brokers.',
        ...fixOf(false, 'Keep the topic on the brokers', valueEdit(setting, 'false')),
      };
    }
  },
};
