import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupLag } from '../../../src/cluster/observe.ts';
import type { Check } from '../check.ts';
import { eventually } from '../eventually.ts';
import { post, recordsOf } from '../records.ts';

export const rebalance: Check = {
  number: 8,
  title: 'from one consumer to three and back under load: nothing lost, nothing twice',
  async run({ app, cluster, full, topic, deadLetters, group, postgres, producer, consumer }) {
    const name = `rebalance_${app.client.replaceAll('-', '_')}`;
    const store = { DATABASE_URL: await postgres.database(name) };
    const count = full ? 30_000 : 2500;
    const events = await app.events(count, 8);
    const sender = await producer();
    const first = await consumer(store);
    await Promise.all([sender.ready(), first.ready()]);
    let posting = true;
    const load = post(sender, events, 'visitorId', { lanes: 8 }).finally(() => {
      posting = false;
    });
    const [second, third] = [await consumer(store), await consumer(store)];
    await Promise.all([second.ready(), third.ready()]);
    await sleep(full ? 10_000 : 1500);
    const underLoad = posting;
    assert.equal(await second.end('SIGTERM'), 0);
    assert.equal(await third.end('SIGTERM'), 0);
    const answers = await load;
    assert.equal(answers.filter(({ status }) => status === 202).length, count);
    await eventually('everything is committed', 90_000, async () => {
      return (await groupLag(cluster.admin, group, topic)).lag === 0;
    });
    const stats = await first.json<{ events: number; effects: number }>('/stats');
    assert.deepEqual(stats, { events: count, effects: count });
    assert.equal((await recordsOf(cluster, deadLetters)).length, 0);
    assert.equal(await first.end('SIGTERM'), 0);
    await sender.end('SIGTERM');
    return { instances: '1 → 3 → 1', events: count, lost: 0, effectsTwice: 0, underLoad };
  },
};
