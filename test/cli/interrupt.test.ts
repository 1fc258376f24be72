import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertRefusal, begin, krafter, processesOf, scratch } from './session.ts';

/** Ctrl-C at any moment leaves no process behind, and says where the project lies. */
describe('Ctrl-C during up', () => {
  for (const moment of [
    /Kafka and its tools/,
    /Starting Kafka/,
    /Topics, users and rights \.\.\./,
  ]) {
    it(`after it said ${moment.source}`, async (t) => {
      const project = join(scratch(t), 'shop');
      assert.equal((await krafter(['new', project, '--yes'])).code, 0);
      const up = begin(['up', project, '--json']);
      await up.says(moment);
      process.kill(up.pid, 'SIGINT');
      const { code, out, err } = await up.ended;
      assert.equal(code, 130, err);
      assert.equal(JSON.parse(out).error.exit, 130);
      assert.match(err.replaceAll(/\s+/g, ' '), /Stopped; .*The project lies in/);
      assert.deepEqual(processesOf(project), []);
      assert.ok(existsSync(join(project, 'krafter.yaml')));
    });
  }
});

it('Ctrl-C during down: it finishes, half a platform helps nobody', async (t) => {
  const project = join(scratch(t), 'shop');
  assert.equal((await krafter(['new', project, '--yes'])).code, 0);
  assert.equal((await krafter(['up', project], { timeoutMs: 120_000 })).code, 0);
  const down = begin(['down', project]);
  await down.says(/Ending \d+ processes/);
  process.kill(down.pid, 'SIGINT');
  const { code, err } = await down.ended;
  assert.equal(code, 0, err);
  assert.match(err, /Ending what runs/);
  assert.deepEqual(processesOf(project), []);
});

describe('Ctrl-C during the demo', () => {
  for (const moment of [/krafter up/, /Topics, users and rights \.\.\./]) {
    it(`after it said ${moment.source}`, async (t) => {
      const TMPDIR = scratch(t);
      const demo = begin(
        [],
        { env: { TMPDIR } },
        join(import.meta.dirname, '../../scripts/demo.ts'),
      );
      await demo.says(moment);
      process.kill(demo.pid, 'SIGINT');
      const { code, err } = await demo.ended;
      assert.equal(code, 130, err);
      const folder = /The generated project lies in (\S+)/.exec(err)?.[1] ?? '';
      assert.ok(existsSync(join(folder, 'krafter.yaml')), err);
      assert.deepEqual(processesOf(TMPDIR), []);
    });
  }
});

describe('Ctrl-C during verify', () => {
  it('ends what the drill started; up mends what it had ended, down ends all', async (t) => {
    const project = join(scratch(t), 'shop');
    assert.equal((await krafter(['new', project, '--yes'])).code, 0);
    assert.equal((await krafter(['up', project], { timeoutMs: 120_000 })).code, 0);
    try {
      const before = processesOf(project).length;
      const verify = begin(['verify', project, '--only', 'redelivery']);
      await verify.says(/then kill -9/);
      process.kill(verify.pid, 'SIGINT');
      const { code, out, err } = await verify.ended;
      assert.deepEqual([code, out], [130, ''], err);
      assert.match(
        err.replaceAll(/\s+/g, ' '),
        /Stopped\. What a drill had ended, krafter up starts/,
      );
      assert.ok(processesOf(project).length <= before);
      assert.equal((await krafter(['up', project], { timeoutMs: 120_000 })).code, 0);
      assert.equal(processesOf(project).length, before);
    } finally {
      assert.equal((await krafter(['down', project])).code, 0);
    }
    assert.deepEqual(processesOf(project), []);
  });
});

it('a second up at the same time is refused, and the first goes on', async (t) => {
  const project = join(scratch(t), 'shop');
  assert.equal((await krafter(['new', project, '--yes'])).code, 0);
  const first = begin(['up', project]);
  await first.says(/Starting Kafka/);
  const second = await krafter(['up', project]);
  assertRefusal(second, 3, [new RegExp(`process ${first.pid}\\b`)]);
  assert.equal((await first.ended).code, 0);
  assert.equal((await krafter(['down', project])).code, 0);
  assert.deepEqual(processesOf(project), []);
});

describe('what is not running', () => {
  it('down says so and is done, verify asks for up, status tells how to start', async (t) => {
    const project = join(scratch(t), 'shop');
    assert.equal((await krafter(['new', project, '--yes'])).code, 0);
    const down = await krafter(['down', project]);
    assert.deepEqual([down.code, /Nothing of this project was running/.test(down.err)], [0, true]);
    const verify = await krafter(['verify', project]);
    assert.deepEqual([verify.code, /krafter up/.test(verify.err)], [3, true]);
    const status = await krafter(['status', project]);
    assert.deepEqual([status.code, /krafter up/.test(status.out)], [0, true]);
  });
});
