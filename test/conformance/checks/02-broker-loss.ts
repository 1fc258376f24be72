import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Check } from '../check.ts';
import { eventually } from '../eventually.ts';
import { counted, post, recordsOf } from '../records.ts';

const mostMemory = 1e9;

export const brokerLoss: Check = {
  number: 2,
  title: 'lost brokers lose no accepted event; who can not deliver says so',
  async run({ app, cluster, full, topic, producer, together }) {
    const count = full ? 50_000 : 2000;
    const events = await app.events(count, 2);
    const service = await producer({ KAFKA_DELIVERY_TIMEOUT_MS: '10000' });
    await service.ready();
    let memory = 0;
    const watch = setInterval(() => {
      memory = Math.max(memory, service.memoryBytes());
    }, 200);
    const [victim = ''] = cluster.brokers;
    const posting = post(service, events, 'visitorId', { lanes: 64, retry: true });
    let answers: Awaited<typeof posting>;
    try {
      await sleep(1500);
      await together(() => cluster.kill(victim));
      await sleep(5000);
      await together(() => cluster.start(victim));
      answers = await posting;
    } finally {
      clearInterval(watch);
    }
    await cluster.allInSync();
    const statuses = counted(answers.map(({ status }) => status));
    assert.deepEqual(
      [...statuses.keys()].filter((status) => status !== 202 && status !== 503),
      [],
      'an event is accepted, or its caller is told to try again',
    );
    assert.equal(statuses.get(202), count);
    const there = new Set(
      (await recordsOf(cluster, topic)).map(({ headers }) => headers.get('event-id')),
    );
    assert.equal(there.size, count, 'no accepted event is lost');
    assert.ok(memory < mostMemory, `${memory} bytes`);

    // None of the brokers answers: nothing can be delivered.
    const more = await app.events(20, 3);
    await together(async () => cluster.pause());
    const refusals = await post(service, more, 'visitorId', { lanes: 20 });
    await together(async () => cluster.resume());
    assert.deepEqual([...counted(refusals.map(({ status }) => status))], [[503, 20]]);
    for (const { retryAfter, body } of refusals) {
      assert.match(retryAfter ?? '', /^[1-9][0-9]*$/);
      assert.match(body.error ?? '', /^(not_delivered|queue_full)$/);
    }
    await cluster.allInSync();
    await eventually('it delivers again', 60_000, async () => {
      const [event] = await app.events(1, 4);
      return (await service.post(event)).status === 202;
    });
    assert.equal(await service.end('SIGTERM'), 0);
    return {
      accepted: count,
      lost: 0,
      askedAgain: statuses.get(503) ?? 0,
      refusedWithoutBrokers: refusals.length,
      memoryMb: Math.round(memory / 1e6),
    };
  },
};
