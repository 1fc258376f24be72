/**
 * The files by which others run `krafter check` in their pipelines: their own commands are run,
 * as GitHub's and GitLab's runners would, with the packed program in place of the published one.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { execa } from 'execa';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..', '..');
const work = mkdtempSync(join(tmpdir(), 'krafter-integrations-'));
after(() => rmSync(work, { recursive: true, force: true }));

const here = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm|INIT_CWD|NODE_TEST)/.test(name)),
);
const env = { ...here, PATH: [dirname(process.execPath), here.PATH].join(delimiter) };

/** A repository that loses records, and one without anything to find. */
const losing = join(work, 'losing');
const sound = join(work, 'sound');
let tarball: string;

before(async () => {
  for (const [folder, acks] of [
    [losing, '0'],
    [sound, 'all'],
  ] as const) {
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'producer.properties'),
      `bootstrap.servers=kafka-1:9092,kafka-2:9092\nacks=${acks}\nclient.id=shop\n`,
    );
  }
  const pack = await execa('npm', ['pack', '--json', '--pack-destination', work], {
    cwd: root,
    env,
    extendEnv: false,
  });
  const [{ filename }] = JSON.parse(pack.stdout) as [{ filename: string }];
  tarball = join(work, filename);
});

/** Of the tests here; the newest of what the program runs on. */
const node = manifest.devDependencies.node.replace('^', '');

const yaml = <T>(path: string): T => parse(readFileSync(join(root, path), 'utf8')) as T;

const bash = (cwd: string, script: string, own: Record<string, string>) =>
  execa('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: { ...env, ...own },
    extendEnv: false,
    reject: false,
    timeout: 180_000,
  });

describe('the action for GitHub', () => {
  type Action = {
    inputs: Record<string, { default: string }>;
    runs: { steps: [{ env: Record<string, string>; run: string }] };
  };
  const { inputs, runs } = yaml<Action>('action.yml');
  const [step] = runs.steps;
  const act = (cwd: string, given: Record<string, string> = {}) => {
    const own = Object.entries(step.env).map(([name, value]) => [
      name,
      value.replaceAll(
        /\$\{\{ inputs\.([\w-]+) \}\}/g,
        (_, input) => given[input] ?? inputs[input]?.default ?? assert.fail(`no input ${input}`),
      ),
    ]);
    return bash(cwd, step.run, { ...Object.fromEntries(own), KRAFTER: tarball });
  };

  test('asks for these versions', () => {
    assert.equal(step.env.KRAFTER, `krafter@${manifest.version}`);
    assert.equal(step.env.NODE, `node@${node}`);
  });

  test('annotates what it finds, writes SARIF besides, and fails', async () => {
    const { exitCode, stdout, stderr } = await act(losing, { sarif: 'kafka.sarif' });
    assert.equal(exitCode, 1, stderr);
    assert.match(stdout, /^::error file=producer\.properties,line=2,/m);
    const { version, runs } = JSON.parse(readFileSync(join(losing, 'kafka.sarif'), 'utf8'));
    assert.equal(version, '2.1.0');
    assert.equal(runs[0].results[0].ruleId, 'KP001');
  });

  test('is content where nothing is wrong, and runs nothing of its inputs', async () => {
    assert.equal((await act(sound)).exitCode, 0);
    const { exitCode } = await act(sound, { path: '$(touch made)' });
    assert.notEqual(exitCode, 0);
    await assert.rejects(execa('ls', ['made'], { cwd: sound }));
  });
});

describe('the job for GitLab', () => {
  type Job = {
    image: string;
    variables: Record<string, string>;
    script: string[];
    artifacts: { reports: { codequality: string } };
  };
  const { 'krafter-check': job } = yaml<{ 'krafter-check': Job }>('integrations/gitlab-ci.yml');

  test('asks for these versions', () => {
    assert.equal(job.variables.KRAFTER, `krafter@${manifest.version}`);
    assert.equal(job.image, `node:${node}-slim`);
  });

  test('fails with a report of code quality', async () => {
    const { exitCode, stderr } = await bash(losing, job.script.join('\n'), { KRAFTER: tarball });
    assert.equal(exitCode, 1, stderr);
    const report = JSON.parse(
      readFileSync(join(losing, job.artifacts.reports.codequality), 'utf8'),
    );
    assert.deepEqual(
      report.map(({ check_name, location }: { check_name: string; location: { path: string } }) => [
        check_name,
        location.path,
      ]),
      [['KP001', 'producer.properties']],
    );
  });
});

describe('the hook for pre-commit', () => {
  const file = '.pre-commit-hooks.yaml';
  const text = readFileSync(join(root, file), 'utf8');
  const published = `krafter@${manifest.version}`;

  test('asks for these versions', () => {
    assert.ok(text.includes(`--package=node@${node} --package=${published} `));
  });

  test('stops a commit that would lose records', async () => {
    const venv = join(work, 'venv');
    await execa('python3', ['-m', 'venv', venv]);
    await execa(join(venv, 'bin', 'pip'), ['install', '--quiet', 'pre-commit']);
    const hooks = join(work, 'hooks');
    const git = (cwd: string, ...args: string[]) =>
      execa('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd });
    const commit = async (folder: string) => {
      await git(folder, 'init', '--quiet');
      await git(folder, 'add', '.');
      await git(folder, 'commit', '--quiet', '--message', 'all');
    };
    mkdirSync(hooks);
    writeFileSync(join(hooks, file), text.replace(published, tarball));
    await commit(hooks);
    for (const [folder, code] of [
      [losing, 1],
      [sound, 0],
    ] as const) {
      await commit(folder);
      const { exitCode, stdout } = await execa(
        join(venv, 'bin', 'pre-commit'),
        ['try-repo', hooks, 'krafter-check', '--all-files'],
        {
          cwd: folder,
          env: { ...env, PRE_COMMIT_HOME: join(work, 'pre-commit') },
          extendEnv: false,
          reject: false,
        },
      );
      assert.equal(exitCode, code, stdout);
      if (code === 1) assert.match(stdout, /KP001/);
    }
  });
});
