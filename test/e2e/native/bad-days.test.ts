/** What happens to brokers on a real machine: refused settings, ports that are taken, neighbours. */
import assert from 'node:assert/strict';
import { appendFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { krafter, runningProject, scratch, verify } from '../../support/krafter.ts';

type Status = {
  readonly running: readonly { readonly kind: string; readonly endpoint: string }[];
};

test('a broker that gives up at its start: its own reason, soon, and nothing is left', async (t) => {
  const { folder, remove } = scratch();
  t.after(remove);
  const project = join(folder, 'shop');
  assert.equal((await krafter(['new', project, '--yes'])).code, 0);
  appendFileSync(
    join(project, 'kafka/broker-1/server.properties'),
    '\nmetric.reporters=com.example.NoSuchReporter\n',
  );
  const start = performance.now();
  const { code, err } = await krafter(['up', project]);
  assert.equal(code, 3, err);
  assert.match(err, /NoSuchReporter/);
  assert.match(err, /server\.log/);
  assert.ok(performance.now() - start < 90_000, 'it did not wait for a time-out');
  const status = await krafter(['status', project]);
  assert.match(status.out, /not running/);
});

test('ports that are taken, and a second project beside the first', async () => {
  const holder = createServer().listen(19_092, '127.0.0.1');
  await new Promise((resolve) => holder.once('listening', resolve).once('error', resolve));
  const answers = ['--monitoring', 'none'];
  const first = await runningProject(answers);
  const second = await runningProject(answers);
  try {
    const endpoints = await Promise.all(
      [first, second].map(async ({ folder }) => {
        const { out } = await krafter(['status', folder, '--json']);
        return (JSON.parse(out) as Status).running.map(({ endpoint }) => endpoint);
      }),
    );
    const all = endpoints.flat();
    assert.equal(all.length, 6);
    assert.equal(new Set(all).size, all.length, all.join());
    assert.ok(!all.includes('localhost:19092'), all.join());
    const drills = await Promise.all(
      [first, second].map(({ folder }) => verify(folder, ['round-trip'])),
    );
    assert.deepEqual(
      drills.map(({ code }) => code),
      [0, 0],
    );
    await first.end();
    assert.ok(!existsSync(first.folder));
    assert.equal((await verify(second.folder, ['boot'])).code, 0);
  } finally {
    await second.end();
    if (existsSync(first.folder)) await first.end();
    holder.close();
  }
});
