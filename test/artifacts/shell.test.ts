import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { projectArtifacts } from '../../src/artifacts/index.ts';
import { draftBlueprint } from '../../src/blueprint/draft.ts';
import { buildPlatform } from '../../src/model/build.ts';

const answers = {
  name: 'shop',
  tier: 2,
  useCase: 'streaming',
  language: 'python',
  client: 'confluent-kafka',
  deploy: 'compose',
  security: 'scram',
  monitoring: 'grafana',
  registry: 'none',
} as const;

type Answers = Parameters<typeof draftBlueprint>[0];

const variants: readonly Partial<Answers>[] = [
  {},
  { deploy: 'bare-metal' },
  { language: 'node', client: 'platformatic-kafka' },
  { deploy: 'bare-metal', tier: 1, security: 'none', monitoring: 'none' },
];

/** By name, by first line, and by what a header says of a file that scripts source. */
const isShell = (path: string, content: string): boolean =>
  path.endsWith('.sh') ||
  /^#!.*\b(ba|da)?sh\b/.test(content) ||
  /^# .*Shell syntax\.$/m.test(content);

for (const changed of variants) {
  test(`shellcheck has no finding in any shell file of a project with ${JSON.stringify(changed)}`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'scripts-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const platform = buildPlatform(draftBlueprint({ ...answers, ...changed }));
    const files = projectArtifacts(platform).filter(({ path, content }) => isShell(path, content));
    for (const { path, content } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const check = async (args: readonly string[], paths: readonly string[]) => {
      const { all } = await execa('shellcheck', [...args, ...paths], {
        cwd: folder,
        reject: false,
        all: true,
      });
      assert.equal(all, '');
    };
    const paths = files.map(({ path }) => path);
    const sourced = paths.filter((path) => path.endsWith('.conf'));
    const scripts = paths.filter((path) => !sourced.includes(path));
    assert.ok(scripts.includes('topics/apply.sh') && scripts.includes('kafka/start.sh'));
    assert.ok(sourced.includes('kafka/cluster.conf'));
    await check(['-x'], scripts);
    // What is set there is used by the script that sources it.
    await check(['--shell=bash', '--exclude=SC2034'], sourced);
  });
}
