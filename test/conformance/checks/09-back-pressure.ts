import assert from 'node:assert/strict';
import { groupLag } from '../../../src/cluster/observe.ts';
import type { Check } from '../check.ts';
import { eventually } from '../eventually.ts';
import { metric } from '../metrics.ts';
import { post } from '../records.ts';

/** How much more than its own start-up a consumer may hold while it can't keep up. */
const growth = 250e6;

export const backPressure: Check = {
  number: 9,
  title: 'a slow store fills no memory, costs no membership, and the lag is told right',
  async run({ app, cluster, full, topic, group, postgres, producer, consumer }) {
    const name = `slow_${app.client}`;
    const store = { DATABASE_URL: await postgres.database(name), MAX_POLL_RECORDS: '50' };
    const count = full ? 60_000 : 3000;
    const sender = await producer();
    const receiver = await consumer(store);
    await Promise.all([sender.ready(), receiver.ready()]);
    const [warmUp = []] = [await app.events(50, 90)];
    await post(sender, warmUp, 'visitorId');
    await eventually('it works', 30_000, async () => {
      return (await receiver.json<{ events: number }>('/stats')).events === warmUp.length;
    });
    const before = receiver.memoryBytes();
    // Once for each transaction, however many statements a client makes of its batch.
    await postgres.sql(
      name,
      `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF current_setting('conformance.slept', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
           PERFORM set_config('conformance.slept', pg_current_xact_id()::text, true);
           PERFORM pg_sleep(4);
         END IF;
         RETURN NULL;
       END $$;
       CREATE TRIGGER slow AFTER INSERT ON processed_events FOR EACH STATEMENT EXECUTE FUNCTION slow();`,
    );
    const events = await app.events(count, 9);
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, receiver.memoryBytes());
    }, 100);
    let [told, real] = [0, 0];
    try {
      await post(sender, events, 'visitorId', { lanes: 64 });
      // Lag is a moving thing: several looks, of which one must agree.
      await eventually('the lag metric agrees with the broker', 30_000, async () => {
        const earlier = (await groupLag(cluster.admin, group, topic)).lag;
        told = await metric(receiver, 'app_consumer_lag_records');
        real = (await groupLag(cluster.admin, group, topic)).lag;
        assert.ok(
          told <= earlier * 1.05 && told >= real * 0.95,
          `${told}, not ${earlier} … ${real}`,
        );
        return true;
      });
    } finally {
      clearInterval(watch);
    }
    assert.ok(real > count / 4, `it lags (${real} of ${count})`);
    assert.ok(most - before < growth, `${Math.round((most - before) / 1e6)} MB more`);
    assert.doesNotMatch(receiver.output(), /poll interval|max\.poll\.interval|member .*fenced/i);
    await postgres.sql(name, 'DROP TRIGGER slow ON processed_events');
    await eventually('it catches up', 120_000, async () => {
      return (await groupLag(cluster.admin, group, topic)).lag === 0;
    });
    const { events: stored } = await receiver.json<{ events: number }>('/stats');
    assert.equal(stored, count + warmUp.length);
    assert.equal(await receiver.end('SIGTERM'), 0);
    await sender.end('SIGTERM');
    return {
      events: count,
      lagTold: told,
      lagOfBroker: real,
      moreMemoryMb: Math.round((most - before) / 1e6),
    };
  },
};
