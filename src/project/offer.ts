import { type ManagedEntry, type Offer, type StoredText, storeText } from './lock.ts';
import { type Found, type Look, sha256 } from './look.ts';
import { hasMarkers } from './merge/lines.ts';
import { offerPath } from './paths.ts';

/**
 * How a conflict lives. The person's file stays as it is, and krafter's text is offered to them:
 * beside it as NAME.krafter-new, or in the file between git's markers. The lock keeps the old
 * base and remembers the offer, so that the next synth finds the same conflict and changes
 * nothing. It is settled when
 * - the person deletes NAME.krafter-new, or removes the markers: what is in the file now is
 *   their answer, and the offered text becomes the base of what follows;
 * - the file is the offered text (they copied it over), or merges with krafter's text again.
 * NAME.krafter-new is replaced or removed only while it is as krafter wrote it.
 */
export type Change =
  | {
      readonly kind: 'write';
      readonly path: string;
      readonly content: string | Buffer;
      readonly mode: number;
      /** Digest of the file that it replaces, null for none: anything else is not replaced. */
      readonly seen: string | null;
    }
  | { readonly kind: 'remove'; readonly path: string; readonly seen: string };

/** What a path's decision writes, and what the lock says of it afterwards. */
export type Outcome = {
  readonly changes: readonly Change[];
  readonly entry: ManagedEntry | undefined;
  /** Why NAME.krafter-new was not written. */
  readonly note?: string;
};

export type Standing = {
  /** The text that the person's file goes back to; null where the file is all theirs. */
  readonly base: StoredText | null;
  /** The last offer, while its file may still be there. */
  readonly offer: Offer | undefined;
  readonly settled: boolean;
};

/** Has the person answered the offer that the lock remembers? */
export function standing(entry: ManagedEntry, found: Found, look: Look, path: string): Standing {
  const { base, offer } = entry;
  if (!offer) return { base, offer, settled: true };
  const taken = found.kind === 'file' && found.sha256 === offer.sha256;
  const answered =
    offer.way === 'markers' ? !isMarked(found) : look(offerPath(path)).kind === 'absent';
  if (!taken && !answered) return { base, offer, settled: false };
  const { deflate, sha256 } = offer;
  // They keep a file that krafter did not generate any more.
  if (deflate === null) return { base: null, offer, settled: true };
  return { base: { sha256, deflate }, offer, settled: true };
}

export const isMarked = (found: Found) =>
  found.kind === 'file' && hasMarkers(found.bytes.toString());

/** The text to offer: krafter's next, or word that there is none. */
export type Offered = { readonly text: string; readonly mode: number; readonly gone: boolean };

/** Puts the offered text beside the person's file. */
export function offerBeside(
  path: string,
  entry: ManagedEntry | undefined,
  { base, offer, settled }: Standing,
  offered: Offered,
  look: Look,
): Outcome {
  const beside = offerPath(path);
  const digest = sha256(offered.text);
  const there = look(beside);
  const pending = !settled && offer?.way === 'beside' && offer.sha256 === digest;
  if (pending && there.kind === 'file') return { changes: [], entry };
  const free = there.kind === 'absent' || isOwn(there, offer) || isOwn(there, { sha256: digest });
  if (!free) return { changes: [], entry, note: `${beside} is not krafter's and was left alone` };
  const seen = there.kind === 'file' ? there.sha256 : null;
  const next = offerEntry('beside', base, offered);
  if (seen === digest) return { changes: [], entry: next };
  const { text: content, mode } = offered;
  return { changes: [{ kind: 'write', path: beside, content, mode, seen }], entry: next };
}

/** Writes both texts into the person's file, between markers. */
export function offerInside(
  path: string,
  found: Found & { kind: 'file' },
  standing: Standing,
  offered: Offered,
  marked: string,
  look: Look,
): Outcome {
  const { mode, sha256: seen } = found;
  return {
    changes: [
      { kind: 'write', path, content: marked, mode, seen },
      ...withdraw(path, standing.offer, look),
    ],
    entry: offerEntry('markers', standing.base, offered),
  };
}

/** Removes NAME.krafter-new, unless it has become the person's. */
export function withdraw(path: string, offer: Offer | undefined, look: Look): Change[] {
  if (offer?.way !== 'beside') return [];
  const beside = offerPath(path);
  const there = look(beside);
  return isOwn(there, offer) ? [{ kind: 'remove', path: beside, seen: there.sha256 }] : [];
}

const isOwn = (
  there: Found,
  offer: { sha256: string } | undefined,
): there is Found & { kind: 'file' } => there.kind === 'file' && there.sha256 === offer?.sha256;

function offerEntry(way: Offer['way'], base: StoredText | null, offered: Offered): ManagedEntry {
  const { sha256, deflate } = storeText(offered.text);
  return {
    ownership: 'managed',
    mode: offered.mode.toString(8),
    base,
    offer: { way, sha256, deflate: offered.gone ? null : deflate },
  };
}
