import {
  chmodSync,
  closeSync,
  existsSync,
  fsync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { KrafterError, obstacle } from '../errors.ts';

/** Called before each change of the disk; a test ends the process here. */
export type Step = (what: string, path: string) => void;

export type Disk = ReturnType<typeof disk>;

/** Every way in which this room changes a disk. */
export const disk = (step: Step = () => {}) => ({
  writeFile(path: string, content: string | Buffer, mode: number) {
    step('write', path);
    writeFileSync(path, content, { flag: 'wx', mode });
    // The umask must not decide: containers run as other users and read these files.
    if ((mode & ~process.umask()) !== mode) chmodSync(path, mode);
  },
  rename(from: string, to: string) {
    step('rename', to);
    renameSync(from, to);
  },
  unlink(path: string) {
    step('unlink', path);
    unlinkSync(path);
  },
  /** Makes the folder and those above it; returns the topmost one that it made. */
  makeFolder(path: string): string | undefined {
    step('mkdir', path);
    const missing: string[] = [];
    for (let folder = path; !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
    // One by one: `recursive` never returns where a folder can not be made, such as in /proc.
    for (const folder of missing) mkdirSync(folder);
    return missing[0];
  },
  /** Removes the folder and those above it, up to `root`, as far as they are empty. */
  removeEmptyFolders(path: string, root: string) {
    for (let folder = path; folder !== root && folder.startsWith(root); folder = dirname(folder)) {
      step('rmdir', folder);
      try {
        rmdirSync(folder);
      } catch {
        return;
      }
    }
  },
  removeTree(path: string) {
    step('remove', path);
    rmSync(path, { recursive: true, force: true });
  },
  /** Several at a time: a disk that waits for one waits for all of them. */
  async flush(paths: Iterable<string>) {
    const queue = paths[Symbol.iterator]();
    const waiting = { [Symbol.iterator]: () => queue };
    const flushSome = async () => {
      for (const path of waiting) {
        step('fsync', path);
        await flushOne(path);
      }
    };
    await Promise.all(Array.from({ length: 8 }, flushSome));
  },
});

const fsynced = promisify(fsync);

async function flushOne(path: string) {
  // Only the waiting is worth a thread; opening and closing are not.
  const file = openSync(path, 'r');
  try {
    await fsynced(file);
  } catch (error) {
    // Windows has no fsync for folders.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  } finally {
    closeSync(file);
  }
}

/** `folder` and every folder between it and the files, the deepest first. */
export function foldersOf(root: string, paths: Iterable<string>): string[] {
  const folders = new Set<string>();
  for (const path of paths)
    for (let at = dirname(path); at !== '.' && !folders.has(at); at = dirname(at)) folders.add(at);
  return [
    ...[...folders]
      .sort()
      .reverse()
      .map((path) => join(root, path)),
    root,
  ];
}

/** What a person can do about a disk that refuses. */
export function diskTrouble(error: unknown, folder: string, outcome: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (error instanceof KrafterError || !code) return error;
  const where = path ?? folder;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return obstacle(
      { what: `The disk of ${folder} is full.`, where, why: outcome, next: `df -h ${folder}` },
      error,
    );
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return obstacle(
      {
        what: `${folder} can't be written to (${code}).`,
        where,
        why: outcome,
        next: `ls -ld ${folder}`,
      },
      error,
    );
  return obstacle({ what: `Writing to ${folder} failed (${code}).`, where, why: outcome }, error);
}
