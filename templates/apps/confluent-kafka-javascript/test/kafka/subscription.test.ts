import rdkafka from '@confluentinc/kafka-javascript';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from '../../src/kafka/cluster.ts';
import { KafkaRefused } from '../../src/kafka/failures.ts';
import { Subscription } from '../../src/kafka/subscription.ts';
import type { ConnectionSettings } from '../../src/service/connection-settings.ts';
import { FakeConsumer } from '../support/fake-consumer.ts';
import { keptLog } from '../support/kept-log.ts';

const { ERRORS } = rdkafka.CODES;

const offsets = {
  next: () => Promise.resolve(new Map([[0, 1n]])),
  ends: () => Promise.resolve(new Map([[0, 1n]])),
  close: () => undefined,
};

function member(...partitions: number[]) {
  const consumer = new FakeConsumer();
  const settings: ConnectionSettings = {
    clientId: 'app',
    bootstrapServers: ['a:1'],
    security: { kind: 'plaintext' },
  };
  const cluster = new Cluster(settings, keptLog().log, () => undefined);
  const group = { id: 'readers', protocol: 'classic', instanceId: 'one' } as const;
  const subscription = new Subscription(
    { cluster, topic: 'events', group, onLag: () => undefined },
    consumer.create,
    () => offsets,
  );
  consumer.assign(...partitions);
  return { consumer, subscription };
}

function message(partition: number, offset: number) {
  return { topic: 'events', partition, offset, size: 0, value: null };
}

async function handled(
  { consumer, subscription }: ReturnType<typeof member>,
  ...numbers: number[]
) {
  consumer.waiting.push(...numbers.map((partition) => message(partition, 7)));
  const records = await subscription.poll(10, 0);
  await subscription.handle(() => Promise.resolve());
  subscription.done(records);
}

test('what was done is committed once, as the offset of the next record', async () => {
  const fixture = member(0, 1);
  await handled(fixture, 0, 1);
  await fixture.subscription.commit();
  await fixture.subscription.commit();
  assert.deepEqual(
    fixture.consumer.committed.map(({ partition, offset }) => [partition, offset]),
    [
      [0, 8],
      [1, 8],
    ],
  );
});

test('a commit that failed is tried again with the next one', async () => {
  const fixture = member(0);
  await handled(fixture, 0);
  fixture.consumer.commitError = new Error('rebalance in progress');
  await fixture.subscription.commit();
  fixture.consumer.commitError = null;
  await fixture.subscription.commit();
  assert.equal(fixture.consumer.committed[0]?.offset, 8);
});

test('partitions are given up after the batch under way was committed', async () => {
  const fixture = member(0, 1);
  const { consumer, subscription } = fixture;
  consumer.waiting.push(message(1, 7));
  const records = await subscription.poll(10, 0);
  const batch = Promise.withResolvers<undefined>();
  const handling = subscription.handle(async () => {
    await batch.promise;
    subscription.done(records);
  });
  consumer.revoke(1);
  await sleep(10);
  assert.ok(!consumer.told.includes('unassign 1'));
  batch.resolve(undefined);
  await handling;
  await sleep(10);
  assert.equal(consumer.committed[0]?.offset, 8);
  assert.deepEqual(consumer.told.slice(-1), ['unassign 1']);
  assert.equal(subscription.problem(), undefined);
});

test('of partitions that others own already, nothing is committed', async () => {
  const fixture = member(0);
  await handled(fixture, 0);
  fixture.consumer.lost = true;
  fixture.consumer.revoke(0);
  await sleep(10);
  await fixture.subscription.commit();
  assert.deepEqual(fixture.consumer.committed, []);
  assert.equal(fixture.subscription.problem(), 'no partitions assigned yet');
});

test('records of a partition that has moved are not returned', async () => {
  const { consumer, subscription } = member(0, 1);
  consumer.revoke(1);
  await sleep(10);
  consumer.waiting.push(message(0, 1), message(1, 1));
  assert.deepEqual(
    (await subscription.poll(10, 0)).map(({ partition }) => partition),
    [0],
  );
});

test('a partition that went and came back starts anew: what was read before is not committed', async () => {
  const { consumer, subscription } = member(0, 1);
  consumer.waiting.push(message(0, 7), message(1, 7));
  const records = await subscription.poll(10, 0);
  consumer.revoke(1);
  await sleep(10);
  consumer.assign(1);
  assert.deepEqual(
    records.map((record) => subscription.owns(record)),
    [true, false],
  );
  subscription.done(records);
  await subscription.commit();
  assert.deepEqual(
    consumer.committed.map(({ partition }) => partition),
    [0],
  );
});

test('records that came early go with their partition', async () => {
  const { consumer, subscription } = member(0, 1);
  const work = subscription.handle(() => sleep(1300));
  await sleep(1050);
  consumer.waiting.push(message(1, 7));
  await work;
  consumer.revoke(1);
  await sleep(10);
  consumer.assign(1);
  consumer.waiting.push(message(1, 5));
  const records = await subscription.poll(10, 0);
  assert.deepEqual(
    records.map(({ offset }) => offset),
    [5n],
  );
});

test('a topic that was deleted and made again is read from its beginning', async () => {
  const { consumer, subscription } = member(0);
  await handled({ consumer, subscription }, 0);
  consumer.waiting.push(message(0, 0));
  assert.equal((await subscription.poll(10, 0)).length, 1);
});

test('a record that can not be read is a bug, and not lost', async () => {
  const { consumer, subscription } = member(0);
  consumer.waiting.push({ ...message(0, 7), offset: 0.5 });
  await assert.rejects(subscription.poll(10, 0), RangeError);
});

test('without records, an answer about the lag ends an outage', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] });
  const { consumer, subscription } = member(0);
  await subscription.open(new AbortController().signal);
  const down = { code: ERRORS.ERR__ALL_BROKERS_DOWN };
  consumer.emit('event.error', Object.assign(new Error('down'), down));
  assert.equal(subscription.problem(), 'no broker can be reached');
  context.mock.timers.tick(5000);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(subscription.problem(), undefined);
  await subscription.close();
});

test('while work takes long the member polls on, paused, and loses no record', async () => {
  const { consumer, subscription } = member(0);
  const work = subscription.handle(() => sleep(1200));
  await sleep(1100);
  consumer.waiting.push(message(0, 1));
  consumer.assign(2);
  await work;
  assert.deepEqual(consumer.told.slice(1), ['pause 0', 'assign 2', 'pause 2', 'resume 0,2']);
  assert.equal((await subscription.poll(10, 0)).length, 1);
});

test('a missing right ends the membership for good, with the name of the group', async () => {
  const { consumer, subscription } = member(0);
  consumer.pollError = Object.assign(new Error('no'), {
    code: ERRORS.ERR_GROUP_AUTHORIZATION_FAILED,
  });
  await assert.rejects(subscription.poll(1, 0), /the group readers/);
});

test('a static member that another one replaced stops', async () => {
  const { consumer, subscription } = member(0);
  const fenced = { code: ERRORS.ERR__FATAL };
  consumer.emit('event.error', Object.assign(new Error('Static consumer fenced'), fenced));
  await assert.rejects(subscription.poll(1, 0), KafkaRefused);
});

test('readiness tells a missing topic, and brokers that are away until one answers', async () => {
  const { consumer, subscription } = member(0);
  const error = (code: number) => Object.assign(new Error('no'), { code });
  consumer.emit('event.error', error(ERRORS.ERR__ALL_BROKERS_DOWN));
  assert.equal(subscription.problem(), 'no broker can be reached');
  consumer.waiting.push(message(0, 1));
  await subscription.poll(1, 0);
  assert.equal(subscription.problem(), undefined);
  consumer.emit('event.error', error(ERRORS.ERR_UNKNOWN_TOPIC_OR_PART));
  assert.equal(subscription.problem(), 'topic events does not exist');
});

test('the end is reached when every assigned partition was read to it', () => {
  const { consumer, subscription } = member(0, 1);
  const ends = new Map([
    [0, 5n],
    [1, 0n],
  ]);
  consumer.emit('partition.eof', { topic: 'events', partition: 0, offset: 5 });
  assert.ok(!subscription.hasReached(ends));
  consumer.emit('partition.eof', { topic: 'events', partition: 1, offset: 0 });
  assert.ok(subscription.hasReached(ends));
});
