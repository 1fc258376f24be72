import { loadBlueprint } from '../blueprint/load.ts';
import { buildPlatform } from '../model/build.ts';
import type { Platform } from '../model/platform.ts';
import { projectFolder } from './folders.ts';

export type OpenProject = { readonly folder: string; readonly platform: Platform };

/** The project that a command works on: the given folder, or the one around the current directory. */
export function openProject(given: string | undefined): OpenProject {
  const folder = projectFolder(given);
  return { folder, platform: buildPlatform(loadBlueprint(folder)) };
}
