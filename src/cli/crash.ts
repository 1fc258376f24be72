import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Trouble } from '../errors.ts';
import { krafterVersion } from './version.ts';

/** Keeps the stack of a bug in a file, so that the screen stays readable and a report can be made. */
export function writeCrash(error: unknown): Trouble {
  const file = join(tmpdir(), `krafter-crash-${process.pid}.txt`);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const cause = error instanceof Error && error.cause ? `\ncaused by ${String(error.cause)}` : '';
  try {
    writeFileSync(
      file,
      `krafter ${krafterVersion}, node ${process.version}, ${process.platform}\nkrafter ${process.argv.slice(2).join(' ')}\n${stack}${cause}\n`,
      { mode: 0o600 },
    );
  } catch {
    // The message below still says what happened.
  }
  return {
    what: `A bug in krafter: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
    where: file,
    why: 'This should not happen whatever the input.',
    next: 'Please report it with that file; it holds no password.',
  };
}
