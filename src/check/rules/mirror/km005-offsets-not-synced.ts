import type { Rule } from '../../rule.ts';
import { isFalse, isTrue, ofKind, settingOf, textOf } from '../../settings.ts';

const sync = 'sync.group.offsets.enabled';
const needed = ['emit.checkpoints.enabled', 'emit.offset-syncs.enabled'];

export const offsetsNotSynced: Rule = {
  code: 'KM005',
  title: 'Offsets of groups are to be synced, and can not be',
  severity: 'error',
  confidence: 'high',
  story:
    'At the failover every group begins where auto.offset.reset says: all of a week once more, or nothing of the last hour. The setting for it was on, and its task never ran.',
  source: 'MirrorCheckpointConnector.taskConfigs, MirrorCheckpointConfig.validate',
  noFix: 'which of the two settings is meant is not in the file',
  *check(known) {
    for (const mirror of ofKind(known, 'mirror-checkpoint')) {
      const setting = settingOf(mirror, sync);
      if (!setting || !isTrue(textOf(setting))) continue;
      for (const key of needed) {
        const off = settingOf(mirror, key);
        if (!off || !isFalse(textOf(off))) continue;
        yield {
          at: off.valueAt,
          says: `${key} is false, and ${sync} is true: without it nothing is synced.`,
          next: `Leave ${key} out; it is true by default.`,
          also: [{ at: setting.valueAt, says: sync }],
        };
      }
    }
  },
};
