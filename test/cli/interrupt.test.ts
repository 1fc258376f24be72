import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { begin, krafter, processesOf, scratch } from './session.ts';

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
      const up = begin(['up', project]);
      await up.says(moment);
      process.kill(up.pid, 'SIGINT');
      const { code, err } = await up.ended;
      assert.equal(code, 130, err);
      assert.match(err.replaceAll(/\s+/g, ' '), /Stopped; .*The project lies in/);
      assert.deepEqual(processesOf(project), []);
      assert.ok(existsSync(join(project, 'krafter.yaml')));
    });
  }
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
