import { isUtf8 } from 'node:buffer';
import type { Artifact } from '../artifacts/artifact.ts';
import { type LockEntry, type ManagedEntry, storeText } from './lock.ts';
import { type Found, type Look, sha256 } from './look.ts';
import { merge, sameText } from './merge/index.ts';
import { markDifferences } from './merge/lines.ts';
import {
  baseText,
  type Change,
  isMarked,
  type Offered,
  type Outcome,
  offerBeside,
  offerInside,
  type Standing,
  standing,
  withdraw,
} from './offer.ts';
import { offerPath } from './paths.ts';

export type Action = 'create' | 'unchanged' | 'update' | 'merge' | 'delete' | 'conflict';

/** What happens to one path. */
export type Decision = {
  readonly path: string;
  readonly action: Action;
  /** Size of the file afterwards; 0 when there is none. */
  readonly bytes: number;
  readonly reason?: string;
  readonly changes: readonly Change[];
  readonly entry: LockEntry | undefined;
  /** The same conflict, written into the file instead of beside it. */
  readonly inside?: Outcome;
};

type Told = { reason?: string; changes?: readonly Change[]; entry: LockEntry | undefined };

const decision = (
  path: string,
  action: Action,
  bytes: number,
  { changes = [], ...told }: Told,
): Decision => ({ path, action, bytes, changes, ...told });

/** A file that krafter generates. `first`: there is no lock, so every file there is a person's. */
export function decide(
  artifact: Artifact,
  entry: LockEntry | undefined,
  look: Look,
  first: boolean,
): Decision {
  switch (artifact.ownership) {
    case 'managed':
      return decideManaged(artifact, entry, look);
    case 'once':
      return decideOnce(artifact, entry, look, first);
    case 'secret':
      return decideSecret(artifact, look);
  }
}

function decideManaged(artifact: Artifact, known: LockEntry | undefined, look: Look): Decision {
  const { path, content, mode } = artifact;
  const found = look(path);
  const digest = sha256(content);
  const entry = known?.ownership === 'once' ? fromOnce(known, found) : known;
  if (entry && isAsWritten(entry, found, digest, mode))
    return decision(path, 'unchanged', bytesOf(found), { entry });

  const now = entry ? standing(entry, found, look, path) : noHistory;
  const { base } = now;
  const next: ManagedEntry = {
    ownership: 'managed',
    mode: mode.toString(8),
    base: base?.sha256 === digest ? base : storeText(content, digest),
  };
  const cleanUp = withdraw(path, now.offer, look);
  const write = (text: string | Buffer, seen: string | null, fileMode: number): Change[] => [
    { kind: 'write', path, content: text, mode: fileMode, seen },
    ...cleanUp,
  ];
  const keep = (reason?: string): Decision =>
    decision(path, 'unchanged', bytesOf(found), {
      changes: cleanUp,
      entry: next,
      ...(reason && { reason }),
    });
  const conflict = (why: string, marked?: string) =>
    decideConflict(
      path,
      why,
      entry,
      now,
      { text: content, mode, gone: false },
      look,
      found,
      marked,
    );

  if (!now.settled && isMarked(found))
    return decision(path, 'conflict', bytesOf(found), {
      reason: 'it still has conflict markers',
      entry,
    });
  if (found.kind === 'absent') {
    if (!base)
      return decision(path, 'create', size(content), {
        changes: write(content, null, mode),
        entry: next,
      });
    if (base.sha256 !== digest) return conflict('you deleted it, and krafter has a new version');
    return decision(path, 'unchanged', 0, {
      reason: 'you deleted it',
      changes: cleanUp,
      entry: { ...next, deleted: true },
    });
  }
  if (found.kind === 'obstructed')
    return base?.sha256 === digest ? keep(`yours: ${found.why}`) : conflict(found.why);

  // What a person did to the mode stays until krafter wants another one.
  const wanted = entry && entry.mode !== next.mode ? mode : found.mode;
  const update = (action: 'update' | 'merge', text: string | Buffer) =>
    decision(path, action, size(text), { changes: write(text, found.sha256, wanted), entry: next });
  if (found.sha256 === digest || base?.sha256 === digest)
    return wanted === found.mode ? keep() : update('update', found.bytes);
  if (!isUtf8(found.bytes)) return conflict('it is not text, so it can not be merged');
  const theirs = found.bytes.toString();
  if (!base)
    return conflict('a different file of yours is there', markDifferences(theirs, content));
  if (found.sha256 === base.sha256) return update('update', content);

  const old = baseText(now, path) ?? '';
  const merged = merge(path, old, theirs, content);
  if (merged.kind === 'conflict')
    return conflict(`you and krafter both changed ${merged.at}`, merged.marked);
  if (merged.text === theirs && wanted === found.mode) return keep();
  return update(sameText(theirs, old) ? 'update' : 'merge', merged.text);
}

function decideConflict(
  path: string,
  why: string,
  entry: ManagedEntry | undefined,
  now: Standing,
  offered: Offered,
  look: Look,
  found: Found,
  marked?: string,
): Decision {
  const above = found.kind === 'obstructed' && found.above;
  const beside: Outcome = above
    ? { changes: [], entry }
    : offerBeside(path, entry, now, offered, look);
  const inside =
    found.kind === 'file' && marked !== undefined
      ? offerInside(path, found, now, offered, marked, look)
      : undefined;
  return {
    ...decision(path, 'conflict', bytesOf(found), {
      reason: beside.note ? `${why}; ${beside.note}` : why,
      changes: beside.changes,
      entry: beside.entry,
    }),
    ...(inside && { inside }),
  };
}

/** Written at birth; what a person did with it since, also deleting it, is theirs. */
function decideOnce(
  { path, content, mode }: Artifact,
  known: LockEntry | undefined,
  look: Look,
  first: boolean,
): Decision {
  const found = look(path);
  const entry: LockEntry =
    known?.ownership === 'once'
      ? known
      : { ownership: 'once', mode: mode.toString(8), sha256: sha256(content) };
  if (known) {
    const offer = known.ownership === 'managed' ? known.offer : undefined;
    return decision(path, 'unchanged', bytesOf(found), {
      changes: withdraw(path, offer, look),
      entry,
    });
  }
  if (found.kind === 'absent') {
    const changes: Change[] = [{ kind: 'write', path, content, mode, seen: null }];
    return decision(path, 'create', size(content), { changes, entry });
  }
  if (found.kind === 'obstructed')
    return decision(path, 'conflict', 0, { reason: found.why, entry: undefined });
  if (!first || found.sha256 === entry.sha256)
    return decision(path, 'unchanged', bytesOf(found), { entry });
  const beside = offerPath(path);
  const free = look(beside).kind === 'absent';
  return decision(path, 'conflict', bytesOf(found), {
    reason: 'a different file of yours is there',
    changes: free ? [{ kind: 'write', path: beside, content, mode, seen: null }] : [],
    entry,
  });
}

function decideSecret({ path, content }: Artifact, look: Look): Decision {
  const found = look(path);
  if (found.kind === 'absent') {
    const changes: Change[] = [{ kind: 'write', path, content, mode: 0o600, seen: null }];
    return decision(path, 'create', size(content), { changes, entry: undefined });
  }
  if (found.kind === 'file')
    return decision(path, 'unchanged', bytesOf(found), { entry: undefined });
  return decision(path, 'conflict', 0, { reason: found.why, entry: undefined });
}

/** A file of the lock that krafter no longer generates. */
export function decideGone(path: string, entry: LockEntry, look: Look): Decision {
  if (entry.ownership === 'once')
    return decision(path, 'unchanged', 0, { reason: notGenerated, entry });
  const found = look(path);
  const now = standing(entry, found, look, path);
  const changes = withdraw(path, now.offer, look);
  const forget = (reason: string) =>
    decision(path, 'unchanged', bytesOf(found), { reason, changes, entry: undefined });
  if (!now.base) return forget(`yours; ${notGenerated}`);
  if (found.kind === 'absent') return forget(notGenerated);
  if (found.kind === 'file' && isUntouched(found, now, path)) {
    const removal: Change = { kind: 'remove', path, seen: found.sha256 };
    return decision(path, 'delete', 0, { changes: [removal, ...changes], entry: undefined });
  }
  const why =
    found.kind === 'file'
      ? `you edited it, and ${notGenerated}`
      : `${notGenerated}, and ${found.why}`;
  const offered: Offered = { text: goneNote(path), mode: 0o644, gone: true };
  return decideConflict(path, why, entry, now, offered, look, found);
}

const notGenerated = 'krafter no longer generates it';

const goneNote = (path: string) => `krafter no longer generates ${path}, but you edited it.
To keep it as your own file, delete this note. To let it go, delete both.
`;

function isUntouched(found: Found & { kind: 'file' }, now: Standing, path: string): boolean {
  if (found.sha256 === now.base?.sha256) return true;
  return isUtf8(found.bytes) && sameText(found.bytes.toString(), baseText(now, path) ?? '');
}

const noHistory: Standing = { base: null, offer: undefined, settled: true };

const isAsWritten = (entry: ManagedEntry, found: Found, digest: string, mode: number) =>
  entry.base?.sha256 === digest &&
  found.kind === 'file' &&
  found.sha256 === digest &&
  !entry.offer &&
  !entry.deleted &&
  entry.mode === mode.toString(8);

/** A file of theirs that krafter manages from now on: its base is known while it is untouched. */
function fromOnce(once: LockEntry & { ownership: 'once' }, found: Found): ManagedEntry | undefined {
  if (found.kind !== 'file' || found.sha256 !== once.sha256) return undefined;
  const base = storeText(found.bytes.toString(), once.sha256);
  return { ownership: 'managed', mode: once.mode, base };
}

const size = (content: string | Buffer) => Buffer.byteLength(content);
const bytesOf = (found: Found) => (found.kind === 'file' ? found.bytes.length : 0);
