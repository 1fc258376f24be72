/**
 * The demo: a tier-2 project from no answer but its tier, booted from its own files, proven by
 * all drills, ended. What runs is the command line that a user has, nothing else.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const cli = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts');
const folder = join(mkdtempSync(join(tmpdir(), 'krafter-demo-')), 'shop');
const lang = process.argv[2] ?? 'python';
const start = performance.now();

let stopped = false;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // The running command gets the signal too, and cleans up; then this ends what is left.
  process.on(name, () => {
    stopped = true;
    current?.kill(name);
  });
}
let current: { kill(name: NodeJS.Signals): boolean } | undefined;

/** Runs a krafter command as a person would; its exit code. */
async function krafter(...args: string[]): Promise<number> {
  process.stderr.write(`\n$ krafter ${args.join(' ').replace(folder, 'shop')}\n`);
  const running = execa(process.execPath, [cli, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    reject: false,
  });
  current = running;
  const { exitCode } = await running;
  current = undefined;
  return exitCode ?? 1;
}

async function demo(): Promise<number> {
  for (const args of [
    ['new', folder, '--tier', '2', '--lang', lang, '--yes'],
    ['up', folder],
    ['verify', folder],
  ]) {
    const code = await krafter(...args);
    if (stopped) return 130;
    if (code !== 0) return code;
  }
  return 0;
}

const proven = await demo();
const ended = await krafter('down', folder);
const code = proven === 0 ? ended : proven;
const seconds = Math.round((performance.now() - start) / 1000);
process.stderr.write(
  stopped
    ? `\nStopped after ${seconds} s. The generated project lies in ${folder}\n`
    : `\n${code === 0 ? 'Proven' : 'Not proven'} in ${seconds} s. The generated project lies in ${folder}\n`,
);
process.exitCode = code;
