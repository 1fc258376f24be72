import { lstatSync, readdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Artifact, Ownership } from '../artifacts/artifact.ts';
import { refuse } from '../errors.ts';
import { type Action, type Decision, decide, decideGone } from './decide.ts';
import { refuseUnfinished } from './journal.ts';
import type { Lock, LockEntry } from './lock.ts';
import { looker } from './look.ts';
import { checkPaths } from './paths.ts';

/** What krafter would do to a project. `planReport` is the part of it to show. */
export type Plan = {
  readonly folder: string;
  readonly krafter: string;
  /** Where the project is still to be made: nothing, or a folder that is not krafter's yet. */
  readonly place: 'nothing' | 'folder' | 'project';
  readonly lock: Lock | undefined;
  readonly decisions: readonly (Decision & { readonly ownership: Ownership })[];
};

/**
 * Compares the generated files with the project's, and writes nothing. Into a folder without a
 * lock, files are only added: what differs is a conflict, on which `krafter new` gives up.
 * An interrupted run has to be recovered first (see `recover`).
 */
export async function planWrite(
  folder: string,
  artifacts: readonly Artifact[],
  { krafter }: { readonly krafter: string },
): Promise<Plan> {
  const root = resolve(folder);
  checkPaths(artifacts);
  refuseUnfinished(root);
  const place = placeOf(root);
  const lock = place === 'folder' ? await lockOf(root) : undefined;
  const known: ReadonlyMap<string, LockEntry> = lock?.files ?? new Map();

  const generated = new Set(artifacts.map(({ path }) => path));
  const look = looker(root);
  const gone = [...known]
    .filter(([path]) => !generated.has(path))
    .map(([path, entry]) => ({
      ...decideGone(path, entry, look),
      ownership: entry.ownership,
    }));
  const removals = gone.flatMap(({ changes }) => changes.filter(({ kind }) => kind === 'remove'));
  const lookAfterRemovals = looker(root, new Set(removals.map(({ path }) => path)));
  const decided = artifacts.map((artifact) => ({
    ...decide(artifact, known.get(artifact.path), lookAfterRemovals, !lock),
    ownership: artifact.ownership,
  }));
  return {
    folder: root,
    krafter,
    place: lock ? 'project' : place,
    lock,
    decisions: [...decided, ...gone],
  };
}

/** Loaded when there can be one: a new project is written without. */
async function lockOf(root: string): Promise<Lock | undefined> {
  const { readLock } = await import('./read-lock.ts');
  return readLock(root);
}

function placeOf(root: string): 'nothing' | 'folder' {
  const stat = lstatSync(root, { throwIfNoEntry: false });
  if (!stat) return 'nothing';
  try {
    readdirSync(root);
    return 'folder';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refuse({
      what:
        code === 'ENOTDIR'
          ? `${basename(root)} is a file, not a folder.`
          : `${basename(root)} can't be read (${code}).`,
      where: root,
      why: 'A project is a folder of its own.',
      next: 'Choose another name or folder.',
    });
  }
}

export type PlanReport = {
  readonly folder: string;
  readonly place: Plan['place'];
  readonly totals: Readonly<Record<Action, number>>;
  readonly bytes: number;
  readonly files: readonly {
    readonly path: string;
    readonly action: Action;
    readonly ownership: Ownership;
    readonly bytes: number;
    readonly reason?: string;
  }[];
};

/** The plan as plain data, for people and `--json`; never with the content of a file. */
export function planReport({ folder, place, decisions }: Plan): PlanReport {
  const totals = { create: 0, unchanged: 0, update: 0, merge: 0, delete: 0, conflict: 0 };
  for (const { action } of decisions) totals[action] += 1;
  return {
    folder,
    place,
    totals,
    bytes: decisions.reduce((sum, { bytes }) => sum + bytes, 0),
    files: decisions.map(({ path, action, ownership, bytes, reason }) => ({
      path,
      action,
      ownership,
      bytes,
      ...(reason && { reason }),
    })),
  };
}
