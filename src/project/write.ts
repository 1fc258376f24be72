import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { obstacle } from '../errors.ts';
import { type Disk, disk, diskTrouble, foldersOf, type Step } from './disk.ts';
import {
  commit,
  discard,
  isAsSeen,
  newFolder,
  refuseUnfinished,
  rollForward,
  stagingFolder,
  strayFolders,
} from './journal.ts';
import { type LockEntry, lockText } from './lock.ts';
import { looker } from './look.ts';
import type { Change } from './offer.ts';
import { lockFile } from './paths.ts';
import type { Plan } from './plan.ts';
import { alone } from './running.ts';

/** Where a conflict's new text goes: see offer.ts. */
type ConflictWay = 'beside' | 'markers';

export type ApplyOptions = {
  readonly conflicts?: ConflictWay;
  /** Told of every change of the disk before it is made, for tests. */
  readonly step?: Step;
};

/**
 * Carries out a plan, all of it or nothing: whatever fails or kills the process, the project is
 * as before, or `recover` brings it to the new state.
 */
export async function applyPlan(
  plan: Plan,
  { conflicts = 'beside', step }: ApplyOptions = {},
): Promise<void> {
  const outcomes = plan.decisions.map(({ path, changes, entry, inside }) => ({
    path,
    ...(conflicts === 'markers' && inside ? inside : { changes, entry }),
  }));
  const changes = outcomes.flatMap((outcome) => outcome.changes);
  const files = new Map<string, LockEntry>();
  for (const { path, entry } of outcomes) if (entry) files.set(path, entry);
  const lock = isSameLock(plan, files) ? undefined : lockText({ krafter: plan.krafter, files });
  if (changes.length === 0 && lock === undefined) return;

  const on = disk(step);
  if (plan.place === 'nothing') await makeProject(plan.folder, changes, lock ?? '', on);
  else await changeProject(plan.folder, changes, lock, on);
}

/** Carries out changes of a folder that is no project of krafter's, in the same way. */
export const applyChanges = (
  folder: string,
  changes: readonly Change[],
  { step }: Pick<ApplyOptions, 'step'> = {},
): Promise<void> => changeProject(folder, changes, undefined, disk(step));

const isSameLock = ({ lock, krafter }: Plan, files: Map<string, LockEntry>) =>
  lock !== undefined &&
  lock.krafter === krafter &&
  lock.files.size === files.size &&
  [...files].every(([path, entry]) => isSameEntry(lock.files.get(path), entry));

const isSameEntry = (old: LockEntry | undefined, next: LockEntry) =>
  old === next || JSON.stringify(old) === JSON.stringify(next);

const nothingChanged = 'Nothing was changed: everything is as it was.';

/** A project that is not there yet appears in one rename. */
async function makeProject(folder: string, changes: Change[], lock: string, on: Disk) {
  const draft = newFolder(folder);
  let made: string | undefined;
  try {
    for (const stray of strayFolders(folder)) on.removeTree(stray);
    made = on.makeFolder(draft);
    const writes = changes.filter((change) => change.kind === 'write');
    const paths = writes.map(({ path }) => path);
    for (const path of foldersOf(draft, paths).slice(0, -1)) on.makeFolder(path);
    for (const { path, content, mode } of writes) on.writeFile(join(draft, path), content, mode);
    on.writeFile(join(draft, lockFile), lock, 0o644);
    await on.flush([...paths, lockFile].map((path) => join(draft, path)));
    await on.flush(foldersOf(draft, paths));
    on.rename(draft, folder);
    // The project is complete by now; only a power cut in this moment could undo it, as a whole.
    await on.flush([dirname(folder)]).catch(() => {});
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // `made` is the topmost new folder: the draft, or one above it.
    if (made && made !== draft) disk().removeEmptyFolders(dirname(draft), dirname(made));
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') throw appeared(folder);
    throw diskTrouble(error, dirname(folder), nothingChanged);
  }
}

async function changeProject(
  folder: string,
  changes: readonly Change[],
  lock: string | undefined,
  on: Disk,
) {
  let committed = false;
  try {
    await alone(folder, async () => {
      refuseUnfinished(folder);
      refuseStale(folder, changes);
      try {
        const journal = await stage(folder, changes, lock, on);
        await commit(folder, journal, on);
        committed = true;
        await rollForward(folder, journal, on);
      } catch (error) {
        if (!committed) discard(folder, disk());
        throw error;
      }
    });
  } catch (error) {
    const unfinished = 'Nothing is lost: the next krafter synth finishes this run.';
    throw diskTrouble(error, folder, committed ? unfinished : nothingChanged);
  }
}

async function stage(
  folder: string,
  changes: readonly Change[],
  lock: string | undefined,
  on: Disk,
) {
  const staging = stagingFolder(folder);
  discard(folder, on);
  on.makeFolder(staging);
  const writes = changes.filter((change) => change.kind === 'write');
  const staged: string[] = [];
  const put = (name: string, content: string | Buffer, mode: number) => {
    on.writeFile(join(staging, name), content, mode);
    staged.push(join(staging, name));
  };
  for (const [index, { content, mode }] of writes.entries()) put(`${index}`, content, mode);
  if (lock !== undefined) put('lock', lock, 0o644);
  await on.flush(staged);
  await on.flush([staging, dirname(staging), folder]);
  return {
    version: 1 as const,
    removes: changes.flatMap((change) =>
      change.kind === 'remove' ? [{ path: change.path, seen: change.seen }] : [],
    ),
    renames: writes.map(({ path, seen }, index) => ({ path, staged: index, seen })),
  };
}

/** A person may have edited a file while they looked at the plan. */
function refuseStale(folder: string, changes: readonly Change[]) {
  const look = looker(folder, new Set(changes.filter(isRemove).map(({ path }) => path)));
  const stale = changes.find(({ path, seen }) => !isAsSeen(look(path), seen));
  if (stale)
    throw obstacle({
      what: `${stale.path} has changed since the plan was made.`,
      where: stale.path,
      why: nothingChanged,
      next: 'Run the same command again.',
    });
}

const isRemove = ({ kind }: Change) => kind === 'remove';

const appeared = (folder: string) =>
  obstacle({
    what: `${folder} appeared while the project was being written.`,
    where: folder,
    why: 'Something else made it; it was left alone.',
    next: 'Run the same command again.',
  });
