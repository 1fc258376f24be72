import assert from 'node:assert/strict';
import { Producer, stringSerializers } from '@platformatic/kafka';
import { clientOptions } from '../../../src/cluster/connect.ts';
import type { Check, Context } from '../check.ts';
import { eventually } from '../eventually.ts';
import { post, recordsOf } from '../records.ts';

export const poison: Check = {
  number: 4,
  title: 'poison goes to the dead letter topic with its cause; replayed, it passes once mended',
  async run(context) {
    const { app, cluster, topic, deadLetters, group, producer, consumer, environment } = context;
    const { postgres } = context;
    const name = `poison_${app.client}`;
    const store = { DATABASE_URL: await postgres.database(name) };
    const events = await app.events(40, 4);
    const [first] = events;
    assert.ok(first);
    const sender = await producer();
    let receiver = await consumer(store);
    await Promise.all([sender.ready(), receiver.ready()]);
    await post(sender, events.slice(0, 20), 'visitorId');
    await eventually('the store has its tables', 30_000, async () => {
      return (await receiver.json<{ events: number }>('/stats')).events === 20;
    });
    const broken = [
      [Buffer.from([0xff, 0xfe, 0x00]), 'Undecodable'],
      [Buffer.from('{"eventId": "cut o'), 'Undecodable'],
      [Buffer.from('[]'), 'InvalidEvent'],
      [Buffer.from(JSON.stringify({ ...first, eventType: 'NobodyKnows' })), 'InvalidEvent'],
      [Buffer.from(JSON.stringify({ ...first, durationMs: -5 })), 'InvalidEvent'],
    ] as const;
    const poisonous = broken.length + 1;
    // What a bug in the handler would do: one well-formed event that can't be applied.
    await postgres.sql(
      name,
      `CREATE FUNCTION bug() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.payload LIKE ''%/unlucky%'' THEN RAISE EXCEPTION ''a bug''; END IF; RETURN NEW; END';
       CREATE TRIGGER bug BEFORE INSERT ON processed_events FOR EACH ROW EXECUTE FUNCTION bug();`,
    );
    const unlucky = { ...(await app.events(1, 44))[0], page: '/unlucky' } as typeof first;
    const answer = await sender.post(unlucky, { 'x-correlation-id': 'poison-unlucky' });
    assert.equal(answer.status, 202);
    const positions = await send(
      context,
      String(first.visitorId),
      broken.map(([value]) => value),
    );
    await post(sender, events.slice(20), 'visitorId');
    await eventually('the good events are stored', 30_000, async () => {
      return (await receiver.json<{ events: number }>('/stats')).events === events.length;
    });
    await eventually('the dead letters are written', 30_000, async () => {
      return (await recordsOf(cluster, deadLetters)).length === poisonous;
    });
    const letters = await recordsOf(cluster, deadLetters);
    for (const [index, [value, errorClass]] of broken.entries()) {
      const at = positions[index];
      const letter = letters.find(
        ({ headers }) => headers.get('dlq-original-offset') === at?.offset,
      );
      assert.ok(letter, `no dead letter for ${value}`);
      assert.deepEqual(letter.value, value, 'unchanged');
      assert.equal(letter.key, String(first.visitorId));
      const headers = Object.fromEntries(letter.headers);
      assert.equal(headers['dlq-original-topic'], topic);
      assert.equal(headers['dlq-original-partition'], at?.partition);
      assert.match(headers['dlq-original-timestamp'] ?? '', /^[0-9]{13}$/);
      assert.equal(headers['dlq-error-class'], errorClass);
      assert.equal(headers['dlq-consumer-group'], group);
      assert.equal(headers['correlation-id'], `poison-${index}`);
      assert.equal(headers['own-header'], 'kept');
      assert.match(headers['dlq-attempts'] ?? '', /^[1-9][0-9]*$/);
      assert.match(headers['dlq-failed-at'] ?? '', /^20\d\d-\d\d-\d\dT.*Z$/);
      assert.ok(headers['dlq-error-message']);
    }

    const failed = letters.find(({ headers }) => headers.get('event-id') === unlucky.eventId);
    assert.equal(failed?.headers.get('dlq-error-class'), 'HandlerFailed');
    assert.equal(failed?.headers.get('correlation-id'), 'poison-unlucky');
    assert.equal(await receiver.end('SIGTERM'), 0);

    await postgres.sql(name, 'DROP TRIGGER bug ON processed_events');
    const dry = await replay(context, '--dry-run');
    assert.deepEqual([dry.code, dry.replayed], [0, poisonous]);
    assert.equal((await recordsOf(cluster, topic)).length, events.length + poisonous);
    const limited = await replay(context, '--limit', '2');
    assert.deepEqual([limited.code, limited.replayed], [0, 2]);
    const rest = await replay(context);
    assert.deepEqual([rest.code, rest.replayed], [0, poisonous - 2]);
    const again = (await recordsOf(cluster, topic)).filter(({ headers }) =>
      headers.has('replayed-from'),
    );
    assert.equal(again.length, poisonous);
    for (const { headers, key } of again) {
      assert.deepEqual(
        [...headers.keys()].filter((header) => header.startsWith('dlq-')),
        [],
      );
      assert.match(headers.get('replayed-from') ?? '', new RegExp(`^${deadLetters}/\\d+/\\d+$`));
      if (headers.get('event-id') === unlucky.eventId) continue;
      assert.equal(headers.get('own-header'), 'kept');
      assert.equal(key, String(first.visitorId));
    }
    receiver = await consumer(store);
    await receiver.ready();
    await eventually('what was mended passes', 30_000, async () => {
      return (await receiver.json<{ events: number }>('/stats')).events === events.length + 1;
    });
    await eventually('what is still broken is a dead letter again', 30_000, async () => {
      return (await recordsOf(cluster, deadLetters)).length === poisonous + broken.length;
    });
    assert.equal(await receiver.end('SIGTERM'), 0);
    assert.equal(await sender.end('SIGTERM'), 0);
    return { deadLetters: poisonous, replayed: poisonous, mended: 1 };

    async function replay(
      { app: own }: Context,
      ...args: string[]
    ): Promise<{ code: number; replayed: unknown }> {
      const { code, output, errors } = await own.run('replay', args, environment('replay'));
      const last = output.trim().split('\n').at(-1) ?? '';
      assert.ok(last.startsWith('{'), `${code} ${output} ${errors}`);
      return { code, replayed: (JSON.parse(last) as { replayed: unknown }).replayed };
    }
  },
};

async function send(
  { cluster, topic }: Context,
  key: string,
  values: readonly Buffer[],
): Promise<{ partition: string; offset: string }[]> {
  const producer = new Producer({
    ...clientOptions(cluster.admin, 'conformance'),
    serializers: { ...stringSerializers, value: (value?: Buffer) => value },
  });
  try {
    const positions: { partition: string; offset: string }[] = [];
    for (const [index, value] of values.entries()) {
      const headers = new Map([
        ['correlation-id', `poison-${index}`],
        ['own-header', 'kept'],
      ]);
      const { offsets } = await producer.send({ messages: [{ topic, key, value, headers }] });
      const at = offsets?.[0];
      positions.push({ partition: String(at?.partition), offset: String(at?.offset) });
    }
    return positions;
  } finally {
    await producer.close();
  }
}
