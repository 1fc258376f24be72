import { type Dirent, opendirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type ignore from 'ignore';
import type { Ignore } from 'ignore';

/** A file or folder that could not be looked at, and why. */
export type Note = { readonly file: string; readonly says: string };

export type Walk = {
  /** Regular files, nearest to the top first, then by name; relative, with forward slashes. */
  readonly paths: readonly string[];
  readonly notes: readonly Note[];
};

export type WalkRules = {
  readonly mostEntries: number;
  /** Whether a folder is looked into, given the folders above it. */
  readonly enters: (name: string, above: readonly string[]) => boolean;
  readonly takes: (name: string, above: readonly string[]) => boolean;
  /** Whether what lies in a folder, which is not the top, shows that it is somebody else's. */
  readonly isForeign?: (names: readonly string[]) => boolean;
  /** What .gitignore leaves out is left out. */
  readonly ignored?: typeof ignore;
  readonly isOver?: () => boolean;
};

type Waiting = { readonly above: readonly string[]; readonly ignores: readonly Ignores[] };
type Ignores = { readonly depth: number; readonly list: Ignore };

/** Lists a folder's own files; links are not followed, so there are no loops. */
export function walk(folder: string, rules: WalkRules): Walk {
  const paths: string[] = [];
  const notes: Note[] = [];
  let entriesLeft = rules.mostEntries;
  const waiting: Waiting[] = [{ above: [], ignores: [] }];

  // Not shift(): that moves everything for each folder.
  for (let next = 0; next < waiting.length; next++) {
    const { above, ignores } = waiting[next] as Waiting;
    const place = above.join('/');
    if (entriesLeft <= 0 || rules.isOver?.()) {
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
    if (above.length > 0 && rules.isForeign?.(entries.map(({ name }) => name))) continue;
    const own = rules.ignored ? ownIgnores(folder, above, entries, rules.ignored) : [];
    const lists = [...ignores, ...own];

    for (const entry of entries) {
      const isFolder = entry.isDirectory();
      if (lists.length > 0 && isIgnored([...above, entry.name], isFolder, lists)) continue;
      if (entry.isFile() && rules.takes(entry.name, above))
        paths.push([...above, entry.name].join('/'));
      if (isFolder && rules.enters(entry.name, above))
        waiting.push({ above: [...above, entry.name], ignores: lists });
    }
  }
  return { paths, notes };
}

function ownIgnores(
  folder: string,
  above: readonly string[],
  entries: readonly Dirent[],
  ignored: NonNullable<WalkRules['ignored']>,
): Ignores[] {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return [];
  try {
    const text = readFileSync(join(folder, ...above, '.gitignore'), 'utf8');
    return [{ depth: above.length, list: ignored({ allowRelativePaths: true }).add(text) }];
  } catch {
    return [];
  }
}

/** The list nearest to the file has the last word, as in git. */
function isIgnored(path: readonly string[], isFolder: boolean, lists: readonly Ignores[]): boolean {
  for (const { depth, list } of lists.toReversed()) {
    const { ignored, unignored } = list.test(path.slice(depth).join('/') + (isFolder ? '/' : ''));
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
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
