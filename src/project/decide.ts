import { isUtf8 } from 'node:buffer';
import type { Artifact } from '../artifacts/artifact.ts';
import {
  type LockEntry,
  type ManagedEntry,
  type StoredText,
  storedContent,
  storeText,
} from './lock.ts';
import { type Found, type Look, sha256 } from './look.ts';
import { merge, sameText } from './merge/index.ts';
import { markDifferences, sameLines } from './merge/lines.ts';
import {
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

/** A path as it stands between the lock and the disk. */
type Situation = {
  readonly path: string;
  readonly found: Found;
  readonly entry: ManagedEntry | undefined;
  readonly now: Standing;
  readonly look: Look;
};

function decideManaged(artifact: Artifact, known: LockEntry | undefined, look: Look): Decision {
  const { path, content, mode } = artifact;
  const found = look(path);
  const digest = sha256(content);
  const entry = known?.ownership === 'once' ? fromOnce(known, found) : known;
  if (entry && isAsWritten(entry, found, digest, mode))
    return decision(path, 'unchanged', bytesOf(found), { entry });

  const now = entry ? standing(entry, found, look, path) : noHistory;
  const { base } = now;
  const situation: Situation = { path, found, entry, now, look };
  const next: ManagedEntry = {
    ownership: 'managed',
    mode: mode.toString(8),
    base: base?.sha256 === digest ? base : storeText(content, digest),
  };
  const conflict = (why: string, marked?: string) =>
    decideConflict(situation, why, { text: content, mode, gone: false }, marked);

  if (found.kind === 'file') {
    if (now.settled || !isMarked(found)) return mergeInto(situation, found, artifact, next);
    const reason = 'it still has conflict markers';
    return decision(path, 'conflict', bytesOf(found), { reason, entry });
  }
  const changes = withdraw(path, now.offer, look);
  if (found.kind === 'obstructed') {
    if (base?.sha256 !== digest) return conflict(found.why);
    const reason = `yours: ${found.why}`;
    return decision(path, 'unchanged', 0, { reason, changes, entry: next });
  }
  if (!base) {
    const write: Change = { kind: 'write', path, content, mode, seen: null };
    return decision(path, 'create', size(content), { changes: [write, ...changes], entry: next });
  }
  if (base.sha256 !== digest) return conflict('you deleted it, and krafter has a new version');
  const reason = 'you deleted it';
  return decision(path, 'unchanged', 0, { reason, changes, entry: { ...next, deleted: true } });
}

/** krafter's text into the file that is there. */
function mergeInto(
  situation: Situation,
  found: Found & { kind: 'file' },
  { content, mode }: Artifact,
  next: ManagedEntry,
): Decision {
  const { path, entry, now, look } = situation;
  const { base } = now;
  const withdrawn = withdraw(path, now.offer, look);
  // What a person did to the mode stays until krafter wants another one.
  const wanted = entry && entry.mode !== next.mode ? mode : found.mode;
  const write = (action: 'update' | 'merge', text: string | Buffer) => {
    const change: Change = { kind: 'write', path, content: text, mode: wanted, seen: found.sha256 };
    return decision(path, action, size(text), { changes: [change, ...withdrawn], entry: next });
  };
  const keep = () =>
    wanted === found.mode
      ? decision(path, 'unchanged', bytesOf(found), { changes: withdrawn, entry: next })
      : write('update', found.bytes);
  const conflict = (why: string, marked?: string) =>
    decideConflict(situation, why, { text: content, mode, gone: false }, marked);

  const digest = next.base?.sha256;
  if (found.sha256 === digest || base?.sha256 === digest) return keep();
  if (!isUtf8(found.bytes)) return conflict('it is not text, so it can not be merged');
  const theirs = found.bytes.toString();
  // Where only the end of the last line differs there is nothing to mark, nor to decide.
  if (!base && sameLines(theirs, content)) return keep();
  if (!base)
    return conflict('a different file of yours is there', markDifferences(theirs, content));
  if (found.sha256 === base.sha256) return write('update', content);

  const old = storedContent(base, path);
  const merged = merge(path, old, theirs, content);
  if (merged.kind === 'conflict')
    return conflict(`you and krafter both changed ${merged.at}`, merged.marked);
  if (merged.text === theirs) return keep();
  return write(sameText(theirs, old) ? 'update' : 'merge', merged.text);
}

function decideConflict(
  { path, entry, now, look, found }: Situation,
  why: string,
  offered: Offered,
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
  if (found.kind === 'file' && isUntouched(found, now.base, path)) {
    const removal: Change = { kind: 'remove', path, seen: found.sha256 };
    return decision(path, 'delete', 0, { changes: [removal, ...changes], entry: undefined });
  }
  const why =
    found.kind === 'file'
      ? `you edited it, and ${notGenerated}`
      : `${notGenerated}, and ${found.why}`;
  const offered: Offered = { text: goneNote(path), mode: 0o644, gone: true };
  return decideConflict({ path, found, entry, now, look }, why, offered);
}

const notGenerated = 'krafter no longer generates it';

const goneNote = (path: string) => `krafter no longer generates ${path}, but you edited it.
To keep it as your own file, delete this note. To let it go, delete both.
`;

function isUntouched(found: Found & { kind: 'file' }, base: StoredText, path: string): boolean {
  if (found.sha256 === base.sha256) return true;
  return isUtf8(found.bytes) && sameText(found.bytes.toString(), storedContent(base, path));
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
