import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';

const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

/** What to wait for on the screen, and the keys to press then. */
export type Answer = readonly [question: string, keys: string];

export type Screen = {
  readonly code: number;
  /** Everything that was drawn, as it came. */
  readonly raw: string;
  /** The same without what moves the cursor or colours. */
  readonly screen: string;
};

/** krafter in a terminal of 80 columns, by util-linux's `script`, answered by keys. */
export async function inTerminal(
  args: readonly string[],
  answers: readonly Answer[],
  env: Readonly<Record<string, string>> = {},
): Promise<Screen> {
  const { NO_COLOR: _, CI: __, FORCE_COLOR: ___, ...inherited } = process.env;
  const quoted = [process.execPath, main, ...args].map((word) => `'${word}'`).join(' ');
  const child = execa(
    'script',
    ['--quiet', '--return', '--command', `stty cols 80 rows 24; exec ${quoted}`, '/dev/null'],
    {
      reject: false,
      stdin: 'pipe',
      timeout: 60_000,
      extendEnv: false,
      env: { ...inherited, TERM: 'xterm-256color', ...env } as Record<string, string>,
    },
  );
  let raw = '';
  let over = false;
  child.stdout.on('data', (chunk: Buffer) => {
    raw += chunk.toString();
  });
  void child.then(() => {
    over = true;
  });
  let seen = 0;
  for (const [question, keys] of answers) {
    while (!over && !stripVTControlCharacters(raw.slice(seen)).includes(question)) await sleep(20);
    // The question is drawn before its keys are listened for.
    await sleep(150);
    seen = raw.length;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: an arrow key is one, with two more.
    for (const key of keys.match(/\u001b\[.|[\s\S]/g) ?? []) {
      child.stdin.write(key);
      await sleep(60);
    }
  }
  const { exitCode } = await child;
  const screen = stripVTControlCharacters(raw).replaceAll('\r', '');
  return { code: exitCode ?? -1, raw, screen };
}
