import { foldersOf, isForRecords, isOn } from '../../mounts.ts';
import type { Rule } from '../../rule.ts';
import { ofKind } from '../../settings.ts';

export const besideTheVolume: Rule = {
  code: 'KB011',
  title: 'Records are kept beside the volume that is mounted for them',
  severity: 'warning',
  confidence: 'high',
  across: true,
  story:
    'There is a volume, so everybody believes that the records survive. The container is made anew for an update, and comes back empty: Kafka kept them in another folder all the time.',
  source: 'ServerLogConfigs.LOG_DIRS_CONFIG',
  noFix: 'Whether the volume or the folder is to move is a decision.',
  *check(known) {
    for (const configuration of ofKind(known, 'broker')) {
      const mounts = configuration.workload?.mounts ?? [];
      const volume = mounts.find(
        (one) => (one.kind === 'volume' || one.kind === 'bind') && isForRecords(one),
      );
      const folders = foldersOf(known, configuration);
      if (!volume || !folders || folders.text === '' || isOn(folders.text, mounts)) continue;
      yield {
        at: volume.at,
        says: `The volume is at ${volume.target}, and records are in ${folders.text}${folders.by ? ` (${folders.by})` : ''}.`,
        next: `Set log.dirs to a folder below ${volume.target}.`,
        also: folders.setting ? [{ at: folders.setting.valueAt, says: 'Records are here.' }] : [],
      };
    }
  },
};
