import assert from 'node:assert/strict';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { execa } from 'execa';
import manifest from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..', '..');
const work = mkdtempSync(join(tmpdir(), 'krafter-package-'));
after(() => rmSync(work, { recursive: true, force: true }));

/** This Node.js before any other of the machine, and npm without what the test run set. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm|INIT_CWD|NODE_TEST)/.test(name)),
);
env.PATH = [dirname(process.execPath), env.PATH].join(delimiter);

const run = (command: string, args: readonly string[], cwd: string) =>
  execa(command, args, { cwd, env, extendEnv: false, reject: false, timeout: 120_000 });

const installed = join(work, 'installed');
const krafter = (...args: string[]) =>
  run(join(installed, 'node_modules', '.bin', 'krafter'), args, installed);
const fromSources = (...args: string[]) =>
  run(process.execPath, [join(root, 'src', 'cli', 'main.ts'), ...args], work);

type Packed = { filename: string; size: number; files: { path: string; mode: number }[] };
let packed: Packed;
let tarball: string;

before(async () => {
  const pack = await run('npm', ['pack', '--json', '--pack-destination', work], root);
  assert.equal(pack.exitCode, 0, pack.stderr);
  [packed] = JSON.parse(pack.stdout) as [Packed];
  tarball = join(work, packed.filename);
  mkdirSync(installed);
  const install = await run('npm', ['install', '--offline', tarball], installed);
  assert.equal(install.exitCode, 0, install.stderr);
});

describe('the tarball', () => {
  test('is the program with its templates and licences, and nothing else', () => {
    const foreign = packed.files
      .map(({ path }) => path)
      .filter(
        (path) =>
          !/^(dist\/|docs\/rules\/(K[A-Z]\d{3}|README)\.md$|package\.json$|README\.md$|LICENSE$)/.test(
            path,
          ),
      );
    assert.deepEqual(foreign, []);
    for (const path of [
      'README.md',
      'LICENSE',
      'dist/LICENSES.txt',
      'dist/Prove.java',
      'dist/templates/platform.json',
      'docs/rules/KP001.md',
    ])
      assert.ok(
        packed.files.some((file) => file.path === path),
        path,
      );
  });

  test('is small', () => {
    assert.ok(packed.size < 5_000_000, `${packed.size} bytes`);
  });

  test('names the licence of every package in it', () => {
    const licences = readFileSync(join(root, 'dist', 'LICENSES.txt'), 'utf8');
    const entries = licences.split(`\n\n${'-'.repeat(80)}\n\n`);
    assert.ok(entries.some((entry) => entry.startsWith('@platformatic/kafka ')));
    for (const entry of entries) assert.match(entry, /^\S+ \d\S* \([\w. -]+\)\n\n.{20}/s);
  });

  test('does not tell where it was built', () => {
    const inside = join(installed, 'node_modules', 'krafter');
    for (const path of filesOf(inside)) {
      const text = readFileSync(join(inside, path), 'utf8');
      assert.ok(!text.includes(root), `${path} names ${root}`);
    }
  });

  test('brings no other package along', () => {
    assert.deepEqual(
      readdirSync(join(installed, 'node_modules')).filter((name) => !name.startsWith('.')),
      ['krafter'],
    );
  });
});

describe('the installed program', () => {
  test('says its version', async () => {
    assert.equal((await krafter('--version')).stdout, manifest.version);
  });

  test('runs by npx from an empty folder', async () => {
    const empty = join(work, 'empty');
    mkdirSync(empty);
    const { stdout, stderr } = await run(
      'npx',
      ['--offline', '--yes', `--package=${tarball}`, 'krafter', '--version'],
      empty,
    );
    assert.equal(stdout, manifest.version, stderr);
  });

  for (const lang of ['python', 'node']) {
    test(`writes the project that the sources write (${lang})`, async () => {
      const project = join(work, lang, 'shop');
      const made = await krafter('new', project, '--tier', '2', '--lang', lang, '--yes');
      assert.equal(made.exitCode, 0, made.stderr);

      // The cluster's id is random, so the sources start from the same blueprint.
      const again = join(work, `${lang}-sources`, 'shop');
      mkdirSync(again, { recursive: true });
      copyFileSync(join(project, 'krafter.yaml'), join(again, 'krafter.yaml'));
      const synth = await fromSources('synth', again);
      assert.equal(synth.exitCode, 0, synth.stderr);
      const written = treeOf(project);
      assert.deepEqual(written, treeOf(again));
      for (const path of ['.gitignore', 'app/.dockerignore', 'app/Dockerfile'])
        assert.ok(path in written, path);
    });

    test(`finds nothing to change in it (${lang})`, async () => {
      const { exitCode, stderr } = await krafter('synth', join(work, lang, 'shop'));
      assert.equal(exitCode, 0, stderr);
      assert.match(stderr, /Nothing to change/);
    });
  }

  test('plans the capacity of a project', async () => {
    const { exitCode, stdout, stderr } = await krafter('plan', join(work, 'python', 'shop'));
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /partitions/);
  });

  test('finds what the sources find, in every format, and explains it', async () => {
    const cases = join(root, 'test', 'check', 'rules');
    const [found, again] = await Promise.all([
      krafter('check', cases, '--all', '--json'),
      fromSources('check', cases, '--all', '--json'),
    ]);
    assert.equal(found.exitCode, 1, found.stderr);
    type Found = { findings: { file: string; line: number; rule: string }[]; notes: unknown[] };
    const told = [found, again].map(({ stdout }) => JSON.parse(stdout) as Found);
    const [installed, sources] = told.map(({ findings, notes }) => [
      ...findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`),
      ...notes.map((note) => JSON.stringify(note)),
    ]);
    assert.deepEqual(installed, sources);
    const rules = [...new Set(told[0]?.findings.map(({ rule }) => rule))];
    assert.ok(rules.length > 80, `${rules.length} rules`);
    const explained = await krafter('explain', rules[0] ?? '');
    assert.equal(explained.exitCode, 0, explained.stderr);
    assert.ok(explained.stdout.includes(rules[0] ?? ''));
  });

  test('asks live clusters, and serves models as the sources do', async () => {
    const { exitCode, stderr } = await krafter('health', '--bootstrap-server', '127.0.0.1:1');
    assert.equal(exitCode, 3, stderr);
    assert.match(stderr, /No broker can be reached/);
    const opening = {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 't', version: '1' },
    };
    const input = [
      { jsonrpc: '2.0', id: 1, method: 'initialize', params: opening },
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { jsonrpc: '2.0', id: 2, method: 'tools/list' },
    ].map((message) => `${JSON.stringify(message)}\n`);
    const listed = async (command: string, args: readonly string[]) => {
      const server = execa(command, args, {
        cwd: installed,
        env,
        extendEnv: false,
        timeout: 60_000,
      });
      server.stdin.write(input.join(''));
      for await (const line of server) {
        const { id, result } = JSON.parse(line) as { id: number; result: unknown };
        if (id !== 2) continue;
        server.stdin.end();
        return result;
      }
      return undefined;
    };
    const packed = await listed(join(installed, 'node_modules', '.bin', 'krafter'), ['mcp']);
    assert.ok(packed);
    assert.deepEqual(
      packed,
      await listed(process.execPath, [join(root, 'src', 'cli', 'main.ts'), 'mcp']),
    );
  });

  test('has its drills with it, and says that nothing runs', async () => {
    const { exitCode, stderr } = await krafter('verify', join(work, 'python', 'shop'));
    assert.equal(exitCode, 3, stderr);
    assert.match(stderr, /krafter up/);
  });

  test('has the worker of the exactly-once drill with it', async () => {
    const worker = join(installed, 'node_modules', 'krafter', 'dist', 'transfer-worker.js');
    const access = { bootstrap: ['127.0.0.1:1'] };
    const { exitCode, stderr } = await execa(process.execPath, [worker], {
      input: JSON.stringify({ access, from: 'a', to: 'b', group: 'g', transactionalId: 't' }),
      reject: false,
      timeout: 60_000,
    });
    assert.notEqual(exitCode, 0);
    assert.match(stderr, /127\.0\.0\.1:1/);
  });
});

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

/** Mode and text of each file, with the random passwords of `.env` taken out. */
const treeOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    filesOf(folder).map((path) => {
      const text = readFileSync(join(folder, path), 'utf8');
      const mode = (statSync(join(folder, path)).mode & 0o777).toString(8);
      return [path, `${mode}\n${path === '.env' ? text.replaceAll(/=[0-9a-f]+$/gm, '=') : text}`];
    }),
  );
