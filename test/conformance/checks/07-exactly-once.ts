import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupLag } from '../../../src/cluster/observe.ts';
import { removeMembers } from '../../../src/cluster/remove-members.ts';
import type { Service } from '../application.ts';
import type { Check } from '../check.ts';
import { eventually } from '../eventually.ts';
import { counted, post, recordsOf } from '../records.ts';

export const exactlyOnce: Check = {
  number: 7,
  title: 'one derived event for each event, through kills; a zombie is fenced',
  notFor: (app) => (app.has('transformer') ? undefined : 'the client has no transactions'),
  async run({ app, cluster, full, topic, group, producer, environment }) {
    const kills = full ? 20 : 3;
    const output = `${topic}.out`;
    await cluster.createTopic(output);
    const events = await app.events(kills * 150, 7);
    const sender = await producer();
    await sender.ready();
    const settings = environment('transformer', {
      KAFKA_OUTPUT_TOPIC: output,
      KAFKA_TRANSACTIONAL_ID: `${topic}.transformer-1`,
      MAX_POLL_RECORDS: '10',
    });
    const start = () => app.start('transformer', settings);
    let service: Service = await start();
    for (let kill = 0; kill < kills; kill++) {
      await service.ready();
      const posting = post(sender, events.slice(kill * 150, (kill + 1) * 150), 'visitorId');
      await sleep(200 + 37 * kill);
      await service.end('SIGKILL');
      await removeMembers(cluster.admin, group).catch(() => undefined);
      service = await start();
      await posting;
    }
    await service.ready();
    await eventually('everything is transformed', 90_000, async () => {
      return (await groupLag(cluster.admin, group, topic)).lag === 0;
    });
    const derived = await recordsOf(cluster, output);
    const times = counted(derived.map(({ headers }) => headers.get('event-id')));
    assert.deepEqual(
      [times.size, derived.length],
      [events.length, events.length],
      'output is input, once each',
    );
    const types = counted(
      derived.map(({ value }) => (JSON.parse(String(value)) as { eventType: string }).eventType),
    );
    assert.deepEqual([...types], [['VisitMeasured', events.length]]);

    const zombie = service;
    const successor = await start();
    await successor.ready();
    let code: number | null | undefined;
    const ended = zombie.exit(90_000).then((own) => {
      code = own;
    });
    // It finds out when it has something to write, after the other had.
    let more = 0;
    for (let round = 0; round < 60 && code === undefined; round++) {
      more += (await post(sender, await app.events(50, 77 + round), 'visitorId')).length;
      await sleep(200);
    }
    await ended;
    assert.equal(code, 3, zombie.output().slice(-600));
    assert.match(zombie.output(), /fenced|taken over|another instance/i);
    await eventually('the successor goes on', 90_000, async () => {
      return (await groupLag(cluster.admin, group, topic)).lag === 0;
    });
    const all = await recordsOf(cluster, output);
    assert.equal(all.length, events.length + more);
    assert.equal(await successor.end('SIGTERM'), 0);
    await sender.end('SIGTERM');
    return { input: all.length, output: all.length, kills, zombieFenced: true };
  },
};
