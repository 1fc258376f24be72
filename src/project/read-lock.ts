import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { obstacle, refuse } from '../errors.ts';
import { damaged, type Lock, lockVersion } from './lock.ts';
import { lockSchema } from './lock-schema.ts';
import { lockFile, pathProblem } from './paths.ts';

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

const newer = (krafter: string) =>
  refuse({
    what: `${lockFile} was written by a newer krafter (${krafter}).`,
    where: lockFile,
    why: 'This version does not know its format, and would forget what it can not read.',
    next: `npm install -g krafter@${krafter}`,
  });
