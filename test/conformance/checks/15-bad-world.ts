import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Check } from '../check.ts';

export const badWorld: Check = {
  number: 15,
  title: 'what is not there yet is waited for; what will never be allowed ends it with its name',
  async run({ app, cluster, topic, folder, producer, consumer, environment }) {
    // A group and a topic that this user has no right to.
    const noGroup = await consumer({ KAFKA_GROUP_ID: 'payroll.group' });
    assert.equal(await noGroup.exit(60_000), 3, noGroup.output().slice(-600));
    assert.match(noGroup.output(), /group/i);
    const noTopic = await consumer({ KAFKA_TOPIC: cluster.foreignTopic });
    assert.equal(await noTopic.exit(60_000), 3, noTopic.output().slice(-600));
    assert.match(noTopic.output(), /payroll\.salaries\.v1|topic/i);

    // Brokers that aren't there: a service waits for them, a tool tells who runs it.
    const begun = Date.now();
    const nowhere = environment('replay', { KAFKA_BOOTSTRAP_SERVERS: 'localhost:1' });
    const { code, output, errors } = await app.run('replay', [], nowhere);
    assert.equal(code, 1, `${output} ${errors}`);
    assert.ok(Date.now() - begun < 60_000, 'it gives up in time');
    assert.match(output + errors, /localhost:1\b/);

    // A topic that comes later.
    const late = `${topic}.late`;
    const early = await consumer({ KAFKA_TOPIC: late });
    await early.answers();
    await sleep(3000);
    assert.equal((await early.health()).status, 503, 'without its topic it is not ready');
    await cluster.createTopic(late);
    await early.ready(90_000);
    assert.equal(await early.end('SIGTERM'), 0);

    // A store that somebody else holds.
    const held = join(folder, 'held.db');
    const holder = new DatabaseSync(held);
    holder.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (x); BEGIN IMMEDIATE');
    const patient = await consumer({ DATABASE_URL: `sqlite:///${held}` });
    await patient.answers();
    await sleep(3000);
    holder.exec('ROLLBACK');
    holder.close();
    await patient.ready(60_000);
    assert.equal(await patient.end('SIGTERM'), 0);

    // A store that can't be.
    const dir = join(folder, 'a-folder');
    mkdirSync(dir);
    const settings = [
      ['KAFKA_TOPIC', ''],
      ['DATABASE_URL', 'mysql://x'],
      ['KAFKA_BOOTSTRAP_SERVERS', 'no-port'],
      ['MAX_POLL_RECORDS', 'many'],
      ['LOG_LEVEL', 'loud'],
      ['HTTP_PORT', '70000'],
      ['KAFKA_GROUP_PROTOCOL', 'newest'],
    ] as const;
    for (const [name, value] of settings) {
      const service = await consumer({ [name]: value });
      assert.equal(await service.exit(30_000), 2, `${name}: ${service.output().slice(-400)}`);
      assert.match(service.output(), new RegExp(name));
    }
    const wrongPort = await producer({ MAX_IN_FLIGHT: '0' });
    assert.equal(await wrongPort.exit(30_000), 2);
    assert.ok(app.client);
    return { waitedForTopic: true, waitedForStore: true, refusedSettings: settings.length + 1 };
  },
};
