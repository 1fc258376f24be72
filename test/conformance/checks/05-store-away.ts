import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupLag } from '../../../src/cluster/observe.ts';
import type { Check } from '../check.ts';
import { eventually } from '../eventually.ts';
import { metric } from '../metrics.ts';
import { post, recordsOf } from '../records.ts';

export const storeAway: Check = {
  number: 5,
  title: 'a store that is away is waited for by pausing; nothing is lost, nothing a dead letter',
  async run({ app, cluster, full, topic, deadLetters, group, folder, producer, consumer }) {
    const events = await app.events(400, 5);
    const sender = await producer();
    const receiver = await consumer();
    await Promise.all([sender.ready(), receiver.ready()]);
    await post(sender, events.slice(0, 100), 'visitorId');
    const stored = async () => (await receiver.json<{ events: number }>('/stats')).events;
    await eventually('the first are stored', 30_000, async () => (await stored()) === 100);

    const seconds = full ? 20 : 8;
    const holder = new DatabaseSync(join(folder, 'store.db'));
    holder.exec('BEGIN IMMEDIATE');
    await post(sender, events.slice(100), 'visitorId');
    await eventually('it pauses', 30_000, async () => {
      return (await metric(receiver, 'app_consumer_paused')) === 1;
    });
    await sleep(seconds * 1000);
    assert.ok((await groupLag(cluster.admin, group, topic)).lag > 0, 'nothing is committed');
    holder.exec('ROLLBACK');
    holder.close();
    await eventually('all are stored', 40_000, async () => (await stored()) === events.length);
    await eventually('all are committed', 20_000, async () => {
      return (await groupLag(cluster.admin, group, topic)).lag === 0;
    });
    const { effects } = await receiver.json<{ effects: number }>('/stats');
    assert.equal(effects, events.length, 'each effect once');
    assert.equal((await recordsOf(cluster, deadLetters)).length, 0);
    assert.equal(await receiver.end('SIGTERM'), 0);
    await sender.end('SIGTERM');
    return { awaySeconds: seconds, stored: events.length, lost: 0 };
  },
};
