import assert from 'node:assert/strict';
import { groupLag } from '../../src/cluster/observe.ts';
import type { Application } from './application.ts';
import { contextFor, type Suite } from './check.ts';
import { eventually } from './eventually.ts';
import { counted, murmur2Partition, post, recordsOf } from './records.ts';

/**
 * Services of several languages as one application: each language's producer writes to the topic,
 * each language's consumer is a member of the group, and one store has every effect once.
 */
export async function together(apps: readonly Application[], suite: Suite): Promise<void> {
  const [first] = apps;
  assert.ok(first && apps.length > 1);
  const own = await contextFor({ number: 0 }, first, suite);
  const store = { DATABASE_URL: await suite.postgres.database('together') };
  const start = (part: 'producer' | 'consumer', app: Application) =>
    app.start(part, own.environment(part, part === 'consumer' ? store : {}));
  const senders = await Promise.all(apps.map((app) => start('producer', app)));
  const receivers = [];
  // One after the other, so that each makes the others' group rebalance.
  for (const app of apps) {
    const receiver = await start('consumer', app);
    await receiver.ready();
    receivers.push(receiver);
  }
  await Promise.all(senders.map((sender) => sender.ready()));
  const events = await first.events(200 * apps.length, 60);
  // The same keys through every language.
  const parts = senders.map((_, index) =>
    events.filter((_event, at) => at % senders.length === index),
  );
  await Promise.all(senders.map((sender, index) => post(sender, parts[index] ?? [], 'visitorId')));
  await eventually('everything is committed', 60_000, async () => {
    return (await groupLag(suite.cluster.admin, own.group, own.topic)).lag === 0;
  });
  for (const receiver of receivers)
    assert.deepEqual(await receiver.json('/stats'), {
      events: events.length,
      effects: events.length,
    });
  const records = await recordsOf(suite.cluster, own.topic);
  assert.deepEqual(
    records.filter(({ key, partition }) => partition !== murmur2Partition(key, 6)),
    [],
    'one key, one partition, whoever wrote it',
  );
  const times = counted(records.map(({ headers }) => headers.get('event-id')));
  assert.equal(times.size, events.length);
  for (const service of [...receivers, ...senders]) assert.equal(await service.end('SIGTERM'), 0);
}
