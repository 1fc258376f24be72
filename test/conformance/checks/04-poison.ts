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
    const events = await app.events(40, 4);
    const [first] = events;
    assert.ok(first);
    const sender = await producer();
    const receiver = await consumer();
    await Promise.all([sender.ready(), receiver.ready()]);
    await post(sender, events.slice(0, 20), 'visitorId');
    const broken = [
      [Buffer.from([0xff, 0xfe, 0x00]), 'Undecodable'],
      [Buffer.from('{"eventId": "cut o'), 'Undecodable'],
      [Buffer.from('[]'), 'InvalidEvent'],
      [Buffer.from(JSON.stringify({ ...first, eventType: 'NobodyKnows' })), 'InvalidEvent'],
      [Buffer.from(JSON.stringify({ ...first, durationMs: -5 })), 'InvalidEvent'],
    ] as const;
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
      return (await recordsOf(cluster, deadLetters)).length === broken.length;
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

    const dry = await replay(context, '--dry-run');
    assert.deepEqual([dry.code, dry.replayed], [0, broken.length]);
    assert.equal((await recordsOf(cluster, topic)).length, events.length + broken.length);
    const limited = await replay(context, '--limit', '2');
    assert.deepEqual([limited.code, limited.replayed], [0, 2]);
    const rest = await replay(context);
    assert.deepEqual([rest.code, rest.replayed], [0, broken.length - 2]);
    const again = (await recordsOf(cluster, topic)).filter(({ headers }) =>
      headers.has('replayed-from'),
    );
    assert.equal(again.length, broken.length);
    for (const { headers, key } of again) {
      assert.deepEqual(
        [...headers.keys()].filter((name) => name.startsWith('dlq-')),
        [],
      );
      assert.equal(headers.get('own-header'), 'kept');
      assert.match(headers.get('replayed-from') ?? '', new RegExp(`^${deadLetters}/\\d+/\\d+$`));
      assert.equal(key, String(first.visitorId));
    }
    await eventually('what is still broken is a dead letter again', 30_000, async () => {
      return (await recordsOf(cluster, deadLetters)).length === 2 * broken.length;
    });
    assert.equal(await receiver.end('SIGTERM'), 0);
    assert.equal(await sender.end('SIGTERM'), 0);
    return { broken: broken.length, deadLetters: broken.length, replayed: broken.length };

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
