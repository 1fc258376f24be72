import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeMembers } from '../../../src/cluster/groups.ts';
import { groupLag } from '../../../src/cluster/observe.ts';
import type { Service } from '../application.ts';
import type { Check, Context } from '../check.ts';
import { eventually } from '../eventually.ts';
import { post } from '../records.ts';

export const redelivery: Check = {
  number: 6,
  title: 'killed between effect and commit, each effect happens once',
  async run(context) {
    const kills = context.full ? 20 : 4;
    const events = await context.app.events(kills * 60, 6);
    const sender = await context.producer();
    await sender.ready();
    const store = { COMMIT_INTERVAL_MS: '3600000' };
    let receiver: Service | undefined;
    for (let kill = 0; kill < kills; kill++) {
      receiver = await restarted(context, receiver, store);
      await post(sender, events.slice(kill * 60, (kill + 1) * 60), 'visitorId');
      const done = (kill + 1) * 60;
      // The effects are there, their offsets are not committed.
      await eventually(`${done} effects`, 60_000, async () => {
        return (await receiver?.json<{ events: number }>('/stats'))?.events === done;
      });
    }
    const { lag } = await groupLag(context.cluster.admin, context.group, context.topic);
    assert.ok(lag >= events.length - 60, `the kills came before the commits (lag ${lag})`);
    receiver = await restarted(context, receiver, { COMMIT_INTERVAL_MS: '200' });
    await eventually('everything is committed', 60_000, async () => {
      return (await groupLag(context.cluster.admin, context.group, context.topic)).lag === 0;
    });
    const stats = await receiver.json<{ events: number; effects: number }>('/stats');
    assert.deepEqual(stats, { events: events.length, effects: events.length });
    const text = await (await fetch(`${receiver.url}/metrics`)).text();
    const duplicates = Number(/^app_events_duplicate_total(?:\{.*\})? ([0-9.]+)/m.exec(text)?.[1]);
    assert.ok(duplicates >= events.length - 60, `${duplicates} recognised as done already`);
    assert.equal(await receiver.end('SIGTERM'), 0);
    await sender.end('SIGTERM');
    return { events: events.length, kills, redelivered: duplicates, effectsTwice: 0 };
  },
};

/** kill -9, and another in its place at once: the dead member is taken out of the group. */
async function restarted(
  { cluster, group, consumer }: Context,
  before: Service | undefined,
  settings: Readonly<Record<string, string>>,
): Promise<Service> {
  if (before) {
    assert.equal(await before.end('SIGKILL'), null);
    await removeMembers(cluster.admin, group).catch(() => sleep(1000));
  }
  const service = await consumer(settings);
  await service.ready();
  return service;
}
