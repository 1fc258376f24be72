import type { Configuration } from '../landscape/facts/configuration.ts';
import type { Mount } from '../landscape/facts/workload.ts';
import type { Known } from './rule.ts';
import { type Effective, effective, settingOf } from './settings.ts';

/** Where a broker keeps its records: `log.dirs`, or `log.dir` where nobody set that. */
export function foldersOf(known: Known, node: Configuration): Effective | undefined {
  const isSet = settingOf(node, 'log.dirs') ?? node.beneath?.values.get('log.dirs');
  return effective(known, node, isSet ? 'log.dirs' : 'log.dir');
}

/** At a place where records are kept, by the habit of images. */
export const isForRecords = ({ target }: Mount): boolean =>
  /^\/(bitnami(\/kafka)?|var\/lib\/kafka(\/data)?|kafka\/data|(tmp|opt|var|var\/lib)\/[\w-]*(kafka|kraft)[\w-]*(logs|data)[\w-]*|kafka)\/?$/.test(
    target,
  );

/** Whether one of these folders, with commas between, is on what is mounted. */
export const isOn = (folders: string, mounts: readonly Mount[]): boolean =>
  folders.split(',').some((folder) => mounts.some(({ target }) => isWithin(folder.trim(), target)));

const isWithin = (folder: string, mount: string): boolean =>
  `${folder}/`.startsWith(mount.endsWith('/') ? mount : `${mount}/`);
