import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { obstacle, refuse } from '../errors.ts';
import { sha256 } from './look.ts';
import { lockFile, pathProblem } from './paths.ts';

const lockVersion = 1;

const digest = z.string().length(64);
const mode = z.string().regex(/^[0-7]{3,4}$/);
const storedText = z.strictObject({ sha256: digest, deflate: z.string() });

const managedEntry = z.strictObject({
  ownership: z.literal('managed'),
  mode,
  /** What krafter last wrote (or had accepted); null where a person's file was first. */
  base: storedText.nullable(),
  /** A person deleted the file, and it stays so until krafter's text changes. */
  deleted: z.literal(true).optional(),
  /**
   * A conflict that a person has not settled: the text they were shown, or null when they were
   * told that the file is no longer generated (the digest is then that of the note).
   */
  offer: z
    .strictObject({
      way: z.enum(['beside', 'markers']),
      sha256: digest,
      deflate: z.string().nullable(),
    })
    .optional(),
});
const onceEntry = z.strictObject({ ownership: z.literal('once'), mode, sha256: digest });

const lockSchema = z.strictObject({
  version: z.literal(lockVersion),
  krafter: z.string(),
  files: z.record(z.string(), z.discriminatedUnion('ownership', [managedEntry, onceEntry])),
});

export type StoredText = z.infer<typeof storedText>;
export type ManagedEntry = z.infer<typeof managedEntry>;
export type Offer = NonNullable<ManagedEntry['offer']>;
export type LockEntry = ManagedEntry | z.infer<typeof onceEntry>;

/** What krafter wrote into a project: the base of every later merge. Secrets are never in it. */
export type Lock = {
  readonly krafter: string;
  readonly files: ReadonlyMap<string, LockEntry>;
};

export function readLock(folder: string): Lock | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, lockFile), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw obstacle({ what: `${lockFile} can't be read (${code}).`, where: lockFile }, error);
  }
  return parseLock(text);
}

export function parseLock(text: string): Lock {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    if (/^<{7} /m.test(text)) throw damaged('it has git conflict markers');
    throw damaged('it is not JSON');
  }
  const version = z.object({ version: z.int(), krafter: z.string() }).safeParse(json);
  if (version.success && version.data.version > lockVersion) throw newer(version.data.krafter);
  const lock = lockSchema.safeParse(json);
  if (!lock.success) {
    const [issue] = lock.error.issues;
    throw damaged(`${issue?.message ?? 'its shape is unknown'}`, issue?.path.join(' → '));
  }
  for (const path of Object.keys(lock.data.files)) {
    // The lock comes with a clone: a path in it must not make krafter delete files elsewhere.
    const problem = pathProblem(path);
    if (problem) throw damaged(`the path ${JSON.stringify(path)} ${problem}`, path);
  }
  return { krafter: lock.data.krafter, files: new Map(Object.entries(lock.data.files)) };
}

/** One line per file, in order of path, so that git shows and merges it well. */
export function lockText({ krafter, files }: Lock): string {
  const lines = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, entry]) => `    ${JSON.stringify(path)}: ${JSON.stringify(entry)}`);
  return [
    '{',
    `  "version": ${lockVersion},`,
    `  "krafter": ${JSON.stringify(krafter)},`,
    lines.length ? `  "files": {\n${lines.join(',\n')}\n  }` : '  "files": {}',
    '}\n',
  ].join('\n');
}

export const storeText = (text: string, digest = sha256(text)): StoredText => ({
  sha256: digest,
  deflate: deflateRawSync(text).toString('base64'),
});

export function storedContent(stored: StoredText, path: string): string {
  try {
    const text = inflateRawSync(Buffer.from(stored.deflate, 'base64'), {
      maxOutputLength: 64 * 1024 * 1024,
    });
    if (sha256(text) === stored.sha256) return text.toString();
  } catch {
    // falls through to the same complaint
  }
  throw damaged(`the text of ${path} does not match its digest`, path);
}

const damaged = (why: string, at?: string) =>
  refuse({
    what: `${lockFile} is damaged: ${why}.`,
    where: at ? `${lockFile}: ${at}` : lockFile,
    why: 'Without it krafter cannot tell your edits from its own text, so it writes nothing.',
    next: `git checkout -- ${lockFile}, then run again. Without git: delete it, and krafter takes every file as yours.`,
  });

const newer = (krafter: string) =>
  refuse({
    what: `${lockFile} was written by a newer krafter (${krafter}).`,
    where: lockFile,
    why: 'This version does not know its format, and would forget what it can not read.',
    next: `npm install -g krafter@${krafter}`,
  });
