import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { refuse } from '../errors.ts';
import type { LockEntry, LockFile, StoredText } from './lock-schema.ts';
import { sha256 } from './look.ts';
import { lockFile } from './paths.ts';

export type { LockEntry, ManagedEntry, Offer, StoredText } from './lock-schema.ts';

export const lockVersion: LockFile['version'] = 1;

/** What krafter wrote into a project: the base of every later merge. Secrets are never in it. */
export type Lock = {
  readonly krafter: string;
  readonly files: ReadonlyMap<string, LockEntry>;
};

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

export const damaged = (why: string, at?: string) =>
  refuse({
    what: `${lockFile} is damaged: ${why}.`,
    where: at ? `${lockFile}: ${at}` : lockFile,
    why: 'Without it krafter cannot tell your edits from its own text, so it writes nothing.',
    next: `git checkout -- ${lockFile}, then run again. Without git: delete it, and krafter takes every file as yours.`,
  });
