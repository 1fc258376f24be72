import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupLag } from '../../../src/cluster/observe.ts';
import { removeMembers } from '../../../src/cluster/remove-members.ts';
import type { Environment, Service } from '../application.ts';
import type { Check, Context } from '../check.ts';
import { eventually } from '../eventually.ts';
import { metric } from '../metrics.ts';
import { post } from '../records.ts';

export const redelivery: Check = {
  number: 6,
  title: 'killed between effect and commit, each effect happens once',
  async run(context) {
    const kills = context.full ? 20 : 2;
    const name = `redelivery_${context.app.client}`;
    const sqlite = await effectsOnce(context, kills, 'sqlite', {});
    const postgres = await effectsOnce(context, kills, 'postgres', {
      DATABASE_URL: await context.postgres.database(name),
    });
    return {
      kills: 2 * kills,
      redelivered: sqlite + postgres,
      effectsTwice: 0,
      stores: 'SQLite, PostgreSQL',
    };
  },
};

/** How many events were recognised as done already. */
async function effectsOnce(
  context: Context,
  kills: number,
  store: string,
  database: Environment,
): Promise<number> {
  const topic = `${context.topic}.${store}`;
  const group = `${context.group}.${store}`;
  await context.cluster.createTopic(topic);
  const own = { ...database, KAFKA_TOPIC: topic, KAFKA_GROUP_ID: group };
  const events = await context.app.events(kills * 60, 6);
  const sender = await context.producer({ KAFKA_TOPIC: topic });
  await sender.ready();
  const lagNow = async () => (await groupLag(context.cluster.admin, group, topic)).lag;
  let receiver: Service | undefined;
  for (let kill = 0; kill < kills; kill++) {
    receiver = await restarted(context, group, receiver, { ...own, COMMIT_INTERVAL_MS: '3600000' });
    await post(sender, events.slice(kill * 60, (kill + 1) * 60), 'visitorId');
    const done = (kill + 1) * 60;
    // The effects are there, their offsets are not committed.
    await eventually(`${done} effects`, 60_000, async () => {
      return (await receiver?.json<{ events: number }>('/stats'))?.events === done;
    });
  }
  const lag = await lagNow();
  assert.ok(lag >= events.length - 60, `the kills came before the commits (lag ${lag})`);
  receiver = await restarted(context, group, receiver, { ...own, COMMIT_INTERVAL_MS: '200' });
  await eventually('everything is committed', 60_000, async () => (await lagNow()) === 0);
  const stats = await receiver.json<{ events: number; effects: number }>('/stats');
  assert.deepEqual(stats, { events: events.length, effects: events.length });
  const duplicates = await metric(receiver, 'app_events_duplicate_total');
  assert.ok(duplicates >= events.length - 60, `${duplicates} recognised as done already`);
  assert.equal(await receiver.end('SIGTERM'), 0);
  await sender.end('SIGTERM');
  return duplicates;
}

/** kill -9, and another in its place at once: the dead member is taken out of the group. */
async function restarted(
  { cluster, consumer }: Context,
  group: string,
  before: Service | undefined,
  settings: Environment,
): Promise<Service> {
  if (before) {
    assert.equal(await before.end('SIGKILL'), null);
    await removeMembers(cluster.admin, group).catch(() => sleep(1000));
  }
  const service = await consumer(settings);
  await service.ready();
  return service;
}
