import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { managed } from '../../src/artifacts/artifact.ts';
import { KrafterError } from '../../src/errors.ts';
import { recover } from '../../src/project/index.ts';
import { place, synth, tree, write } from './project-folder.ts';

const one = [managed('a', '1\n')];
const two = [managed('a', '2\n')];

it('a second run at the same time is refused, and told which process is first', async (t) => {
  const folder = place(t);
  await synth(folder, one);
  const other = spawn('sleep', ['30']);
  t.after(() => other.kill());
  write(folder, '.krafter/running', `${other.pid}\n`);
  const before = tree(folder);
  await assert.rejects(synth(folder, two), (error: unknown) => {
    assert.ok(error instanceof KrafterError);
    assert.equal(error.exit, 3);
    assert.match(error.trouble.what, new RegExp(`process ${other.pid}\\b`));
    return true;
  });
  assert.deepEqual(tree(folder), before);
});

it('two runs in one process do not mix', async (t) => {
  const folder = place(t);
  await synth(folder, one);
  const runs = await Promise.allSettled([synth(folder, two), synth(folder, two)]);
  assert.deepEqual(runs.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});

it('the lock of a process that is gone is taken over', async (t) => {
  const folder = place(t);
  await synth(folder, one);
  const dead = [`${spawnSync('true').pid}\n`, `${process.pid}\n`, ''];
  for (const [round, holder] of dead.entries()) {
    write(folder, '.krafter/running', holder);
    await recover(folder);
    assert.ok(!existsSync(join(folder, '.krafter')));
    write(folder, '.krafter/running', holder);
    await synth(folder, [managed('a', `round ${round}\n`)]);
    assert.ok(!existsSync(join(folder, '.krafter')));
  }
});

it('a link in the place of the work folder is not followed', async (t) => {
  const folder = place(t);
  await synth(folder, one);
  const elsewhere = join(dirname(folder), 'elsewhere');
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, join(folder, '.krafter'));
  await assert.rejects(synth(folder, two), /is not a folder/);
  assert.deepEqual(readdirSync(elsewhere), []);
});
