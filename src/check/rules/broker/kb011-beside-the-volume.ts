import type { Mount } from '../../../landscape/facts/workload.ts';
import type { Rule } from '../../rule.ts';
import { effective, ofKind, settingOf } from '../../settings.ts';

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
      const volume = configuration.workload?.mounts.find(isForRecords);
      const isSet =
        settingOf(configuration, 'log.dirs') ?? configuration.beneath?.values.get('log.dirs');
      const folders = effective(known, configuration, isSet ? 'log.dirs' : 'log.dir');
      if (!volume || !folders || folders.text === '') continue;
      const mounts = configuration.workload?.mounts ?? [];
      const isKept = folders.text
        .split(',')
        .some((folder) => mounts.some(({ target }) => isWithin(folder.trim(), target)));
      if (isKept) continue;
      yield {
        at: volume.at,
        says: `The volume is at ${volume.target}, and records are in ${folders.text}${folders.by ? ` (${folders.by})` : ''}.`,
        next: `Set log.dirs to a folder below ${volume.target}.`,
        also: folders.setting ? [{ at: folders.setting.valueAt, says: 'Records are here.' }] : [],
      };
    }
  },
};

/** A volume at a place where records are kept, by the habit of images. */
const isForRecords = ({ kind, target }: Mount): boolean =>
  (kind === 'volume' || kind === 'bind') &&
  /^\/(bitnami(\/kafka)?|var\/lib\/kafka(\/data)?|kafka\/data|(tmp|opt|var|var\/lib)\/[\w-]*(kafka|kraft)[\w-]*(logs|data)[\w-]*|kafka)\/?$/.test(
    target,
  );

const isWithin = (folder: string, mount: string): boolean =>
  `${folder}/`.startsWith(mount.endsWith('/') ? mount : `${mount}/`);
