import { hash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** What lies at a path of the project. */
export type Found =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'file';
      readonly sha256: string;
      readonly bytes: Buffer;
      readonly mode: number;
    }
  /** Something that can't be read or replaced as a file; `above` when a folder on the way is. */
  | { readonly kind: 'obstructed'; readonly why: string; readonly above: boolean };

export type Look = (path: string) => Found;

export const sha256 = (content: string | Buffer) => hash('sha256', content);

const absent: Found = { kind: 'absent' };
const largest = 8 * 1024 * 1024;
// Without O_NONBLOCK, opening a named pipe waits for its writer.
const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Reads the project's files, and follows no link out of it. `leaving` are files that are about
 * to be removed: a file may take the place of a folder that only holds such, and the reverse.
 */
export function looker(folder: string, leaving: ReadonlySet<string> = new Set()): Look {
  const folders = new Map<string, Found | 'folder'>([['.', 'folder']]);
  let root: string | undefined;

  return function look(path) {
    const parent = lookAtFolder(dirname(path));
    return parent === 'folder' ? lookAtFile(path) : parent;
  };

  function lookAtFolder(path: string): Found | 'folder' {
    const known = folders.get(path);
    if (known) return known;
    const above = lookAtFolder(dirname(path));
    const result = above === 'folder' ? readFolder(path) : above;
    folders.set(path, result);
    return result;
  }

  function readFolder(path: string): Found | 'folder' {
    const absolute = join(folder, path);
    const stat = lstatSync(absolute, { throwIfNoEntry: false });
    if (!stat) return absent;
    if (stat.isDirectory()) return 'folder';
    if (stat.isSymbolicLink()) return isInside(absolute) ? 'folder' : outside(path);
    if (leaving.has(path)) return absent;
    return { kind: 'obstructed', why: `${path} is a file, not a folder`, above: true };
  }

  function isInside(link: string): boolean {
    root ??= realpathSync(folder);
    try {
      return realpathSync(link).startsWith(root + sep);
    } catch {
      return false;
    }
  }

  function lookAtFile(path: string): Found {
    const absolute = join(folder, path);
    let fd: number;
    try {
      fd = openSync(absolute, readOnly);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return absent;
      if (code === 'ELOOP') return obstructed('is a symbolic link');
      if (code === 'EISDIR') return isLeaving(path) ? absent : obstructed('is a folder');
      return obstructed(`can't be read (${code})`);
    }
    try {
      const stat = fstatSync(fd);
      if (stat.isDirectory()) return isLeaving(path) ? absent : obstructed('is a folder');
      if (!stat.isFile()) return obstructed('is not a file');
      if (stat.size > largest) return obstructed('is larger than 8 MiB');
      const bytes = readFileSync(fd);
      return { kind: 'file', sha256: sha256(bytes), bytes, mode: stat.mode & 0o7777 };
    } catch (error) {
      return obstructed(`can't be read (${(error as NodeJS.ErrnoException).code})`);
    } finally {
      closeSync(fd);
    }
  }

  function isLeaving(path: string): boolean {
    if (leaving.size === 0) return false;
    return readdirSync(join(folder, path), { withFileTypes: true }).every((entry) => {
      const inner = `${path}/${entry.name}`;
      return entry.isDirectory() ? isLeaving(inner) : leaving.has(inner);
    });
  }
}

const obstructed = (why: string): Found => ({ kind: 'obstructed', why, above: false });

const outside = (path: string): Found => ({
  kind: 'obstructed',
  why: `${path} is a symbolic link that leads out of the project`,
  above: true,
});
