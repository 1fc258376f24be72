import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadBlueprint } from '../blueprint/load.ts';
import { blueprintFile } from '../blueprint/write.ts';
import { buildPlatform } from '../model/build.ts';
import type { Platform } from '../model/platform.ts';

export type OpenProject = { readonly folder: string; readonly platform: Platform };

/** The project that a command works on: the given folder, or the one around the current directory. */
export function openProject(given: string | undefined): OpenProject {
  const folder = projectFolder(given);
  return { folder, platform: buildPlatform(loadBlueprint(folder)) };
}

export const projectFolder = (given: string | undefined): string =>
  given === undefined ? around(process.cwd()) : resolve(given);

function around(start: string): string {
  let folder = start;
  while (!existsSync(join(folder, blueprintFile))) {
    const parent = dirname(folder);
    if (parent === folder) return start;
    folder = parent;
  }
  return folder;
}
