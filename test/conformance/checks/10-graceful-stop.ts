import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupLag } from '../../../src/cluster/observe.ts';
import type { Check } from '../check.ts';
import { eventually } from '../eventually.ts';
import { metric } from '../metrics.ts';
import { counted, post, recordsOf } from '../records.ts';

export const gracefulStop: Check = {
  number: 10,
  title: 'SIGTERM in mid-load: done in 10 s, offsets committed, exit 0, nothing twice',
  async run({ app, cluster, full, topic, group, producer, consumer }) {
    const events = await app.events(full ? 3000 : 1000, 10);
    const sender = await producer();
    const receiver = await consumer({ MAX_POLL_RECORDS: '25' });
    await Promise.all([sender.ready(), receiver.ready()]);
    const load = post(sender, events, 'visitorId', { lanes: 16 }).catch(() => []);
    await sleep(full ? 1200 : 400);
    const stopping = Date.now();
    assert.equal(await receiver.end('SIGTERM'), 0);
    const consumerStopMs = Date.now() - stopping;
    assert.ok(consumerStopMs < 10_000, `${consumerStopMs} ms`);
    await load;

    const successor = await consumer();
    await successor.ready();
    await eventually('everything is committed', 60_000, async () => {
      return (await groupLag(cluster.admin, group, topic)).lag === 0;
    });
    const stats = await successor.json<{ events: number; effects: number }>('/stats');
    assert.deepEqual(stats, { events: events.length, effects: events.length });
    const twice = await metric(successor, 'app_events_duplicate_total');
    assert.equal(twice, 0, 'nothing was processed twice: its offsets were committed');

    // The producer, with requests under way.
    const more = await app.events(full ? 2000 : 600, 11);
    const answers = post(sender, more, 'visitorId', { lanes: 16 }).catch(() => []);
    await sleep(300);
    const from = Date.now();
    assert.equal(await sender.end('SIGTERM'), 0);
    const producerStopMs = Date.now() - from;
    assert.ok(producerStopMs < 10_000, `${producerStopMs} ms`);
    await answers;
    const ids = counted(
      (await recordsOf(cluster, topic)).map(({ headers }) => headers.get('event-id')),
    );
    assert.equal([...ids.values()].filter((times) => times > 1).length, 0);
    assert.equal(await successor.end('SIGTERM'), 0);
    return { consumerStopMs, producerStopMs, twice: 0 };
  },
};
