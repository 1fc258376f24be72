import { type Dirent, opendirSync } from 'node:fs';
import { join } from 'node:path';
import { isFileAside, isFolderAside, packageLevels } from './aside.ts';
import type { Note } from './finding.ts';

const mostEntries = 20_000;
const deepestLevel = 6;

export type Walk = {
  /** Regular files, nearest to the top first, then by name; relative, with forward slashes. */
  readonly paths: readonly string[];
  readonly notes: readonly Note[];
};

/** Lists a folder's own files; links are not followed, so there are no loops. */
export function walk(folder: string, isOver: () => boolean): Walk {
  const paths: string[] = [];
  const notes: Note[] = [];
  let entriesLeft = mostEntries;
  const waiting: string[][] = [[]];

  for (let above = waiting.shift(); above; above = waiting.shift()) {
    const place = above.join('/');
    if (entriesLeft <= 0 || isOver()) {
      notes.push({
        file: place,
        says: 'the folder is too large: this and what follows is left out',
      });
      break;
    }
    const entries = list(join(folder, ...above), entriesLeft);
    if (typeof entries === 'string') {
      if (above.length > 0) notes.push({ file: place, says: `can't be listed (${entries})` });
      continue;
    }
    entriesLeft -= entries.length;
    // A virtual environment under another name, or a project that krafter made.
    const foreign = entries.some(({ name }) => name === 'pyvenv.cfg' || name === 'krafter.yaml');
    if (foreign && above.length > 0) continue;

    for (const entry of entries) {
      if (entry.isFile() && !isFileAside(entry.name)) paths.push([...above, entry.name].join('/'));
      if (!entry.isDirectory() || isFolderAside(entry.name, above)) continue;
      // Java spends a level on each part of a package's name: those are counted anew.
      if ((packageLevels(above) ?? above.length) < deepestLevel)
        waiting.push([...above, entry.name]);
    }
  }
  return { paths, notes };
}

function list(folder: string, most: number): Dirent[] | string {
  try {
    const directory = opendirSync(folder, { bufferSize: 256 });
    const entries: Dirent[] = [];
    try {
      for (let entry = directory.readSync(); entry; entry = directory.readSync()) {
        entries.push(entry);
        if (entries.length >= most) break;
      }
    } finally {
      directory.closeSync();
    }
    return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}
