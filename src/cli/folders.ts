import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { blueprintFile } from '../blueprint/write.ts';
import { obstacle, refuse } from '../errors.ts';

/** The given project, or the one around the current directory. */
export const projectFolder = (given: string | undefined): string =>
  given === undefined ? around(here()) : existing(absolute(given));

function existing(folder: string): string {
  if (isFolder(folder)) return folder;
  throw refuse({
    what: 'There is no such folder.',
    where: folder,
    next: 'Name the folder of a project, or make one: krafter new shop',
  });
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function around(start: string): string {
  let folder = start;
  while (!existsSync(join(folder, blueprintFile))) {
    const parent = dirname(folder);
    if (parent === folder) return start;
    folder = parent;
  }
  return folder;
}

/** An absolute path; an empty one is a variable of a script that was not set. */
export function absolute(folder: string): string {
  if (folder === '') {
    throw refuse({
      what: 'The folder is empty text.',
      where: 'the argument ""',
      next: 'Name a folder, or use . for this one.',
    });
  }
  return isAbsolute(folder) ? resolve(folder) : resolve(here(), folder);
}

/** A path as a person would type it from here. */
export const fromHere = (path: string): string => relative(here(), path) || '.';

function here(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw obstacle(
      {
        what: 'The current folder no longer exists.',
        where: process.env.PWD ?? '.',
        next: 'Change to a folder that does: cd ~',
      },
      error,
    );
  }
}
