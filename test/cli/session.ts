import assert from 'node:assert/strict';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';

const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

export type Outcome = { readonly code: number; readonly out: string; readonly err: string };

export type Surroundings = {
  readonly cwd?: string;
  /** Over what the tests have; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs?: number;
};

/** Without what a terminal, a CI or npm sets. */
function environment(over: Surroundings['env'] = {}): Record<string, string> {
  const own = ['PATH', 'HOME', 'LANG', 'JAVA_HOME', 'XDG_CACHE_HOME', 'TMPDIR'];
  const kept = own.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(
    [...kept, ...Object.entries(over)]
      .filter((entry): entry is [string, string] => entry[1] !== undefined)
      .filter(([name]) => !(name in over) || over[name] !== undefined),
  );
}

/** One run of krafter as a child process, without a terminal. */
export async function krafter(
  args: readonly string[],
  { cwd, env, timeoutMs = 60_000 }: Surroundings = {},
): Promise<Outcome> {
  const { exitCode, stdout, stderr, timedOut } = await execa(process.execPath, [main, ...args], {
    reject: false,
    stdin: 'ignore',
    timeout: timeoutMs,
    extendEnv: false,
    env: environment(env),
    ...(cwd ? { cwd } : {}),
  });
  assert.ok(!timedOut, `krafter ${args.join(' ')} took longer than ${timeoutMs} ms:\n${stderr}`);
  return { code: exitCode ?? -1, out: stdout, err: stderr };
}

/** What every refusal has in common: a screen of text on standard error, and no stack. */
export function assertRefusal(
  outcome: Outcome,
  code: number,
  says: readonly RegExp[],
  form: 'words' | 'json' = 'words',
): void {
  const { out, err } = outcome;
  assert.equal(outcome.code, code, `exit code\n${err}\n${out}`);
  assert.match(err, /^krafter: /m);
  // What krafter said before it failed is progress; the refusal is the end.
  const message = err.slice(err.search(/^krafter: /m));
  // Where a line is broken depends on the length of paths.
  const sentence = message.replaceAll(/\s+/g, ' ');
  for (const words of says) assert.match(sentence, words);
  if (form === 'json') assertSame(out, sentence, code);
  else assert.equal(out, '', 'standard output is for answers');
  assertScreen(message);
}

/** The refusal as a program reads it: one JSON document that says what the words say. */
function assertSame(out: string, sentence: string, code: number): void {
  const { error } = JSON.parse(out) as { error: Record<string, string | number> };
  assert.equal(error.exit, code);
  for (const part of ['what', 'where', 'why', 'next'].map((key) => error[key]))
    if (part !== undefined) assert.ok(sentence.includes(String(part).replaceAll(/\s+/g, ' ')), out);
}

/** 24 lines of 80 columns, but for paths; nothing that steers a terminal. */
function assertScreen(text: string): void {
  const lines = text.trimEnd().split('\n');
  assert.ok(lines.length <= 24, `${lines.length} lines:\n${text}`);
  for (const line of lines) {
    const breakable = line
      .trim()
      .replace(/^where +/, '')
      .includes(' ');
    assert.ok(
      line.length <= 80 || !breakable || line.includes(tmpdir()),
      `${line.length} columns: ${line}`,
    );
  }
  assert.doesNotMatch(text, /^ {4}at /m);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
}

/** Every file, folder and link below a folder, with mode and content. */
export function tree(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (path: string) => {
    for (const name of readdirSync(join(folder, path)).sort()) {
      const inner = join(path, name);
      const stat = lstatSync(join(folder, inner));
      const mode = (stat.mode & 0o777).toString(8);
      if (stat.isDirectory()) {
        found[`${inner}/`] = mode;
        walk(inner);
      } else if (stat.isSymbolicLink()) found[inner] = `-> ${readlinkSync(join(folder, inner))}`;
      else if (!stat.isFile()) found[inner] = 'something else';
      else found[inner] = `${mode} ${readFileSync(join(folder, inner), 'latin1')}`;
    }
  };
  walk('.');
  return found;
}

type Hooks = { after(work: () => void): void };

/** A folder that is gone after the test. */
export function scratch(test: Hooks): string {
  const folder = mkdtempSync(join(tmpdir(), 'krafter-cli-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A PATH with every program of this machine but some. */
export function pathWithout(folder: string, ...missing: readonly string[]): string {
  const bin = join(folder, `without-${missing.join('-')}`);
  mkdirSync(bin);
  for (const place of (process.env.PATH ?? '').split(':')) {
    for (const name of list(place)) {
      if (!missing.includes(name)) link(join(place, name), join(bin, name));
    }
  }
  return bin;
}

/** A PATH in which one program is another than this machine's. */
export function pathWith(folder: string, program: string, script: string): string {
  const bin = join(folder, `with-${program}`);
  mkdirSync(bin);
  writeFileSync(join(bin, program), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return `${bin}:${process.env.PATH}`;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function link(target: string, path: string): void {
  try {
    symlinkSync(target, path);
  } catch {
    // The first of that name counts, as in PATH.
  }
}

/** A run of krafter that is watched, and interrupted. */
export type Session = {
  readonly pid: number;
  /** Resolves when it has said this on standard error; rejects when it ends before. */
  readonly says: (words: RegExp) => Promise<void>;
  readonly ended: Promise<Outcome>;
};

export function begin(
  args: readonly string[],
  { cwd, env, timeoutMs = 120_000 }: Surroundings = {},
  program = main,
): Session {
  const child = execa(process.execPath, [program, ...args], {
    reject: false,
    stdin: 'ignore',
    timeout: timeoutMs,
    extendEnv: false,
    env: environment(env),
    ...(cwd ? { cwd } : {}),
  });
  let err = '';
  let over = false;
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = child.then(({ exitCode, stdout, stderr }) => {
    over = true;
    return { code: exitCode ?? -1, out: stdout, err: stderr };
  });
  return {
    pid: child.pid as number,
    ended,
    async says(words) {
      while (!words.test(err)) {
        assert.ok(!over, `it ended without saying ${words}:\n${err}`);
        await sleep(20);
      }
    },
  };
}

/** Processes that carry a folder in their arguments or environment, whoever started them. */
export function processesOf(folder: string): string[] {
  return list('/proc')
    .filter((name) => /^[0-9]+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const text = ['cmdline', 'environ'].map((file) =>
          readFileSync(join('/proc', pid, file), 'utf8'),
        );
        return text.some((part) => part.includes(folder))
          ? [`${pid} ${text[0]?.slice(0, 200)}`]
          : [];
      } catch {
        return [];
      }
    });
}
