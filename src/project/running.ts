import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { obstacle, refuse } from '../errors.ts';
import { workFolder } from './paths.ts';

export const runningFile = (folder: string) => join(folder, workFolder, 'running');

/** Runs `work` while no other krafter writes to the project; a second one is refused. */
export async function alone<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  const room = join(folder, workFolder);
  if (lstatSync(room, { throwIfNoEntry: false })?.isDirectory() === false) throw notAFolder();
  makeRoom(room);
  const lock = runningFile(folder);
  try {
    take(lock);
    held.add(lock);
    try {
      return await work();
    } finally {
      held.delete(lock);
      unlinkSync(lock);
    }
  } finally {
    try {
      rmdirSync(room);
    } catch {
      // not empty: the engine keeps its own things here
    }
  }
}

function makeRoom(room: string) {
  try {
    // Not recursive: a read-only disk would be reported as a folder that is missing.
    mkdirSync(room);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

// In a container every run may have the same process id, also the one that died.
const held = new Set<string>();

function take(lock: string) {
  try {
    writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' });
    return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      // On a full disk the file may be there, without our number in it.
      rmSync(lock, { force: true });
      throw error;
    }
  }
  const holder = holderOf(lock);
  if (holder !== undefined && isHolding(holder, lock)) throw busy(lock, holder);
  // Two may find the same dead holder: who moves its file away makes sure that it was that one's.
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return take(lock);
  }
  const moved = holderOf(aside);
  if (moved !== undefined && moved !== holder && isAlive(moved)) {
    renameSync(aside, lock);
    throw busy(lock, moved);
  }
  unlinkSync(aside);
  take(lock);
}

const isHolding = (pid: number, lock: string) =>
  pid === process.pid ? held.has(lock) : isAlive(pid);

const holderOf = (lock: string): number | undefined => {
  try {
    return Number.parseInt(readFileSync(lock, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
};

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const busy = (lock: string, pid: number) =>
  obstacle({
    what: `Another krafter (process ${pid}) is at work in this project.`,
    where: lock,
    why: 'Two at once would mix two versions of the platform.',
    next: `Wait for it. If process ${pid} is something else, delete ${lock}.`,
  });

const notAFolder = () =>
  refuse({
    what: `${workFolder} is not a folder.`,
    where: workFolder,
    why: 'krafter stages its files there, and follows no link out of the project.',
    next: `Move ${workFolder} away and run again.`,
  });
