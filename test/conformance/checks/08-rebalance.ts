import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { withAdmin } from '../../../src/cluster/connect.ts';
import { groupLag } from '../../../src/cluster/observe.ts';
import type { Check, Context } from '../check.ts';
import { eventually } from '../eventually.ts';
import { post, recordsOf } from '../records.ts';

export const rebalance: Check = {
  number: 8,
  title: 'from one consumer to three and back under load: nothing lost, nothing twice',
  async run(context) {
    const { app, cluster, full, topic, deadLetters, group, postgres, producer, consumer } = context;
    const name = `rebalance_${app.client}`;
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
    const longestGapMs = Number(await postgres.sql(name, longestGap));
    const staticMembership = await restartsInPlace(context);
    return {
      instances: '1 → 3 → 1',
      events: count,
      lost: 0,
      effectsTwice: 0,
      underLoad,
      longestGapMs,
      staticMembership,
    };
  },
};

/** Of all partitions, the longest time without an effect while events kept coming. */
const longestGap = `
  SELECT coalesce(max(gap), 0) FROM (
    SELECT extract(epoch FROM processed_at::timestamptz - lag(processed_at::timestamptz)
      OVER (PARTITION BY partition ORDER BY record_offset)) * 1000 AS gap
    FROM processed_events) AS gaps`;

/** A member with a name of its own comes back within its session: nobody else is asked to move. */
async function restartsInPlace({ cluster, group, consumer, postgres, app }: Context) {
  const own = `${group}.static`;
  const store = {
    DATABASE_URL: await postgres.database(`static_${app.client}`),
    KAFKA_GROUP_ID: own,
  };
  const start = (id: string) => consumer({ ...store, KAFKA_GROUP_INSTANCE_ID: id });
  const first = await start('one');
  const refused = await Promise.race([first.exit(60_000), first.ready().then(() => undefined)]);
  if (refused !== undefined) {
    assert.equal(refused, 2);
    assert.match(first.output(), /KAFKA_GROUP_INSTANCE_ID/);
    return 'refused';
  }
  let second = await start('two');
  await second.ready();
  const look = () =>
    withAdmin(cluster.admin, async (admin) => {
      const described = (await admin.describeGroups({ groups: [own] })).get(own);
      const members = [...(described?.members.values() ?? [])].map((member) => [
        member.groupInstanceId,
        ...[...(member.assignments?.values() ?? [])].flatMap(({ partitions }) => partitions),
      ]);
      return JSON.stringify([described?.state, members.sort()]);
    });
  await eventually('both have their partitions', 30_000, async () => {
    return /STABLE/i.test(await look()) && (await look()).split(',').length >= 8;
  });
  const before = await look();
  const seen = new Set<string>();
  let watching = true;
  const watch = (async () => {
    while (watching) {
      seen.add(await look());
      await sleep(100);
    }
  })();
  assert.equal(await second.end('SIGTERM'), 0);
  second = await start('two');
  await second.ready();
  await sleep(1000);
  watching = false;
  await watch;
  assert.deepEqual([...seen], [before], 'no rebalance');
  assert.equal(await second.end('SIGTERM'), 0);
  assert.equal(await first.end('SIGTERM'), 0);
  return 'no rebalance';
}
