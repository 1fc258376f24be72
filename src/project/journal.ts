import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { obstacle, refuse } from '../errors.ts';
import { type Disk, disk, diskTrouble, foldersOf, type Step } from './disk.ts';
import type { Journal } from './journal-schema.ts';
import { type LockEntry, lockText } from './lock.ts';
import { type Found, looker } from './look.ts';
import { lockFile, ownerOf, workFolder } from './paths.ts';
import { alone, isAlive, runningFile } from './running.ts';

export const stagingFolder = (folder: string) => join(folder, workFolder, 'staging');
const journalFile = (folder: string) => join(folder, workFolder, 'journal.json');

export function refuseUnfinished(folder: string): void {
  if (existsSync(journalFile(folder)))
    throw obstacle({
      what: 'An earlier krafter was interrupted here, or is still writing.',
      where: join(workFolder, 'journal.json'),
      why: 'Some files are of the old version and some of the new one.',
      next: 'krafter synth (it finishes that run first)',
    });
}

export async function commit(folder: string, journal: Journal, on: Disk): Promise<void> {
  const file = journalFile(folder);
  on.writeFile(`${file}.next`, JSON.stringify(journal), 0o644);
  await on.flush([`${file}.next`]);
  on.rename(`${file}.next`, file);
  await on.flush([join(folder, workFolder)]);
}

/** Puts the staged files in place. Every step may have been done already. */
export async function rollForward(folder: string, journal: Journal, on: Disk): Promise<void> {
  const staging = stagingFolder(folder);
  const left: string[] = [];
  let look = looker(folder);
  for (const { path, seen } of journal.removes) {
    const found = look(path);
    if (isAsSeen(found, seen)) on.unlink(join(folder, path));
    // A folder: the file was removed before, and the folder that follows it is in place.
    else if (found.kind === 'file') left.push(path);
  }
  for (const { path } of journal.removes)
    on.removeEmptyFolders(dirname(join(folder, path)), folder);
  look = looker(folder);
  for (const { path, staged, seen } of journal.renames) {
    const from = join(staging, `${staged}`);
    if (!existsSync(from)) continue;
    if (isAsSeen(look(path), seen)) {
      if (!existsSync(dirname(join(folder, path)))) {
        on.makeFolder(dirname(join(folder, path)));
        look = looker(folder);
      }
      on.rename(from, join(folder, path));
    } else left.push(path);
  }
  await on.flush(
    foldersOf(
      folder,
      [...journal.removes, ...journal.renames].map(({ path }) => path),
    ).filter((path) => existsSync(path)),
  );
  if (existsSync(join(staging, 'lock'))) {
    if (left.length > 0) await keepOldEntries(folder, left, on);
    on.rename(join(staging, 'lock'), join(folder, lockFile));
    await on.flush([folder]);
  }
  on.unlink(journalFile(folder));
  await on.flush([join(folder, workFolder)]);
  on.removeTree(staging);
}

/**
 * A person edited a file between the kill and now: it stays, and the lock keeps what it said of
 * it before, so that the next synth merges the two.
 */
async function keepOldEntries(folder: string, left: string[], on: Disk) {
  const { parseLock, readLock } = await import('./read-lock.ts');
  const staged = join(stagingFolder(folder), 'lock');
  const old = readLock(folder);
  const next = parseLock(readFileSync(staged, 'utf8'));
  const files = new Map<string, LockEntry>(next.files);
  for (const path of left.map(ownerOf)) {
    const entry = old?.files.get(path);
    if (entry) files.set(path, entry);
    else files.delete(path);
  }
  on.removeTree(`${staged}.kept`);
  on.writeFile(`${staged}.kept`, lockText({ ...next, files }), 0o644);
  on.rename(`${staged}.kept`, staged);
}

export const isAsSeen = (found: Found, seen: string | null) =>
  found.kind === 'file' ? found.sha256 === seen : found.kind === 'absent' && seen === null;

/**
 * After a run that was killed: finishes it if it had committed, else clears what it staged. To
 * be called before a plan is made. Does nothing, quickly, where nothing is left over.
 */
export async function recover(
  folder: string,
  { step }: { readonly step?: Step } = {},
): Promise<'nothing' | 'finished' | 'discarded'> {
  const root = resolve(folder);
  const on = disk(step);
  try {
    const strays = strayFolders(root);
    for (const stray of strays) on.removeTree(stray);
    const left = [runningFile(root), journalFile(root), stagingFolder(root)];
    if (!left.some(isThere)) return strays.length > 0 ? 'discarded' : 'nothing';
    return await alone(root, async () => {
      const journal = await readJournal(root);
      if (journal) await rollForward(root, journal, on);
      else discard(root, on);
      return journal ? 'finished' : 'discarded';
    });
  } catch (error) {
    throw diskTrouble(error, root, 'The earlier run is not finished yet; nothing is lost.');
  }
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Below a file, or a link in a circle: no project, as the plan will say.
    return false;
  }
}

export function discard(folder: string, on: Disk) {
  on.removeTree(`${journalFile(folder)}.next`);
  on.removeTree(stagingFolder(folder));
}

async function readJournal(folder: string): Promise<Journal | undefined> {
  const file = journalFile(folder);
  if (!existsSync(file)) return undefined;
  const { journalSchema } = await import('./journal-schema.ts');
  try {
    return journalSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw refuse({
      what: 'The journal of an interrupted run is damaged.',
      where: file,
      why: 'It was changed by something other than krafter, so it is not followed.',
      next: `Delete ${workFolder} and run krafter synth: it merges what is there.`,
    });
  }
}

/** A new project is written beside its place, under a name with the process that writes it. */
export const newFolder = (folder: string, pid = process.pid) =>
  join(dirname(folder), `.${basename(folder)}.krafter-${pid}`);

/** What others began and never finished; refuses while one of them is still alive. */
export function strayFolders(folder: string): string[] {
  const prefix = basename(newFolder(folder, 0)).slice(0, -1);
  let names: string[];
  try {
    names = readdirSync(dirname(folder));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    if (!name.startsWith(prefix) || !/^\d+$/.test(name.slice(prefix.length))) return [];
    const pid = Number(name.slice(prefix.length));
    if (pid === process.pid || !isAlive(pid)) return [join(dirname(folder), name)];
    throw obstacle({
      what: `Another krafter (process ${pid}) is making this project.`,
      where: folder,
      why: 'Two at once would mix two platforms.',
      next: `Wait for it. If process ${pid} is something else, delete ${join(dirname(folder), name)}.`,
    });
  });
}
