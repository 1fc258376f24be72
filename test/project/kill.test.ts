import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { applyPlan, planReport, planWrite, recover } from '../../src/project/index.ts';
import { after, before, krafter } from './killed-run.ts';
import { place, read, synth, tree, write } from './project-folder.ts';

const script = fileURLToPath(new URL('killed-run.ts', import.meta.url));

/** Runs the synthesis in a process that is killed at a step; false when it ran to its end. */
function isKilled(folder: string, killAt: number): boolean {
  const run = spawnSync(process.execPath, [script, folder, String(killAt)], {
    timeout: 20_000,
    encoding: 'utf8',
  });
  if (run.signal === 'SIGKILL') return true;
  assert.equal(run.status, 0, run.stderr);
  return false;
}

async function editedProject(t: TestContext): Promise<string> {
  const folder = place(t);
  await synth(folder, before);
  write(folder, 'README.md', '# Our orders\n\nold\n\nend\n');
  write(folder, 'conflicting.sh', 'echo mine\n');
  write(folder, 'mine.txt', 'mine\n');
  return folder;
}

it('a synth killed at any step leaves the old or the new project after recover', async (t) => {
  const original = await editedProject(t);
  const old = tree(original);
  const finished = join(dirname(original), 'finished');
  cpSync(original, finished, { recursive: true });
  await synth(finished, after);
  const fresh = tree(finished);
  const ends = { old: 0, new: 0 };
  let killAt = 0;
  for (; ; killAt++) {
    const folder = join(dirname(original), `killed-${killAt}`);
    cpSync(original, folder, { recursive: true });
    const killed = isKilled(folder, killAt);
    const recovered = await recover(folder);
    const result = tree(folder);
    const end = 'secrets/admin' in result ? 'new' : 'old';
    assert.deepEqual(result, end === 'new' ? fresh : old, `killed at step ${killAt}`);
    ends[end] += 1;
    if (!killed) break;
    if (recovered !== 'finished' && end === 'old') await synth(folder, after);
    assert.deepEqual(tree(folder), fresh, `the next synth, after a kill at step ${killAt}`);
  }
  t.diagnostic(`${killAt} steps; ended old ${ends.old}, new ${ends.new} times`);
  assert.ok(ends.old > 10 && ends.new > 10);
});

it('a recover that is itself interrupted at any step is finished by the next', async (t) => {
  const folder = await editedProject(t);
  const expected = join(dirname(folder), 'finished');
  cpSync(folder, expected, { recursive: true });
  await synth(expected, after);
  for (let killAt = 0; ; killAt++) {
    const killed = join(dirname(folder), `killed-${killAt}`);
    cpSync(folder, killed, { recursive: true });
    assert.ok(isKilled(killed, killAt));
    if (!existsSync(join(killed, '.krafter/journal.json'))) continue;
    await assert.rejects(planWrite(killed, after, { krafter }), /interrupted/);
    let count = 0;
    for (let stopAt = 0; stopAt < count + 1 && stopAt < 99; stopAt++) {
      const copy = join(dirname(folder), `copy-${stopAt}`);
      cpSync(killed, copy, { recursive: true });
      count = 0;
      const step = () => {
        if (count++ === stopAt) throw new Error('stopped');
      };
      const stopped = await recover(copy, { step }).catch((error: Error) => error.message);
      if (stopped !== 'finished') assert.equal(stopped, 'stopped');
      await recover(copy);
      assert.deepEqual(tree(copy), tree(expected), `stopped at step ${stopAt}`);
    }
    assert.ok(count > 10);
    return;
  }
});

it('what a person edits between a kill and recover is not overwritten', async (t) => {
  const folder = await editedProject(t);
  for (let killAt = 0; ; killAt++) {
    const copy = join(dirname(folder), `killed-${killAt}`);
    cpSync(folder, copy, { recursive: true });
    const killed = isKilled(copy, killAt);
    write(copy, 'README.md', '# Edited since\n\nold\n\nend\n');
    write(copy, 'kafka/old/broker-2.properties', 'node.id=2\n# kept\n');
    await recover(copy);
    await synth(copy, after);
    assert.match(read(copy, 'README.md'), /^# Edited since\n/, `killed at step ${killAt}`);
    assert.match(read(copy, 'kafka/old/broker-2.properties'), /# kept/);
    if (!killed) return;
    killAt += 2;
  }
});

it('a new project killed at any step is there whole, or not at all', async (t) => {
  const parent = dirname(place(t));
  const expected = join(parent, 'expected', 'orders');
  mkdirSync(dirname(expected));
  await synth(expected, after);
  for (let killAt = 0; ; killAt++) {
    const folder = join(parent, `killed-${killAt}`, 'orders');
    mkdirSync(dirname(folder));
    const killed = isKilled(folder, killAt);
    await recover(folder);
    const remains = tree(dirname(folder));
    const whole = Object.keys(remains).length > 0;
    assert.deepEqual(remains, whole ? tree(dirname(expected)) : {}, `killed at step ${killAt}`);
    if (!killed) {
      assert.ok(killAt > 15);
      return;
    }
  }
});

it('a new project whose writing fails leaves nothing', async (t) => {
  const folder = join(place(t), 'not', 'yet', 'there');
  const plan = await planWrite(folder, after, { krafter });
  for (let failAt = 0; ; failAt++) {
    let count = 0;
    const step = () => {
      if (count++ === failAt) throw new Error('failed');
    };
    const result = await applyPlan(plan, { step }).catch(({ message }: Error) => message);
    if (result === undefined) break;
    assert.equal(result, 'failed');
    if (!existsSync(folder)) assert.ok(!existsSync(dirname(dirname(dirname(folder)))));
  }
  const { totals } = planReport(await planWrite(folder, after, { krafter }));
  assert.equal(totals.unchanged, after.length);
});
