import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeliveryFailed } from '../../src/kafka/failures.ts';
import { partitionOf } from '../../src/kafka/partitioner.ts';
import { Publisher } from '../../src/kafka/publisher.ts';
import type { Topic } from '../../src/kafka/topic-watch.ts';
import { outgoing } from '../support/records.ts';
import { RecordingSender } from '../support/recording-sender.ts';

function topicWith(partitionCount: Topic['partitionCount']): Topic {
  return { partitionCount, problem: () => undefined, close: () => Promise.resolve() };
}

const sixPartitions = topicWith(() => Promise.resolve(6));

test('a record is acknowledged with its partition and offset', async () => {
  const publisher = new Publisher(sixPartitions, () => new RecordingSender(), 1000);
  const partition = partitionOf(Buffer.from('ada'), 6);
  assert.deepEqual(await publisher.publish(outgoing('a')), { partition, offset: 100n });
});

test('one send of a partition is under way at a time, while others go on', async () => {
  const underWay = new Map<number, number>();
  let most = 0;
  const openSender = () => {
    const sender = new RecordingSender();
    sender.onSend = async ({ partition }) => {
      assert.equal(underWay.get(partition) ?? 0, 0);
      underWay.set(partition, 1);
      most = Math.max(most, [...underWay.values()].filter((count) => count > 0).length);
      await sleep(5);
      underWay.set(partition, 0);
    };
    return sender;
  };
  const publisher = new Publisher(sixPartitions, openSender, 1000);
  const records = Array.from({ length: 60 }, (_, number) => ({
    ...outgoing('a'),
    key: Buffer.from(`key-${number}`),
  }));
  for (let round = 0; round < 3; round += 1) {
    await Promise.all(records.map((record) => publisher.publish(record)));
  }
  assert.equal(most, 5);
});

test('a record that is not acknowledged in time is refused, and not sent later', async () => {
  const sender = new RecordingSender();
  const partitions = Promise.withResolvers<number>();
  const publisher = new Publisher(
    topicWith(() => partitions.promise),
    () => sender,
    20,
  );
  await assert.rejects(
    publisher.publish(outgoing('a')),
    (error) => error instanceof DeliveryFailed && error.kind === 'timeout',
  );
  partitions.resolve(6);
  await publisher.close();
  await sleep(20);
  assert.deepEqual(sender.sent, []);
});

test('a topic that does not exist is told at once', async () => {
  const unknown = topicWith(() => Promise.reject(new DeliveryFailed('unknown_topic', 'none')));
  const publisher = new Publisher(unknown, () => new RecordingSender(), 1000);
  await assert.rejects(
    publisher.publish(outgoing('a')),
    (error) => error instanceof DeliveryFailed && error.kind === 'unknown_topic',
  );
});

test('closing closes every connection', async () => {
  const senders: RecordingSender[] = [];
  const openSender = () => {
    const sender = new RecordingSender();
    senders.push(sender);
    return sender;
  };
  await new Publisher(sixPartitions, openSender, 1000).close();
  assert.equal(senders.length, 5);
  assert.ok(senders.every(({ closed }) => closed));
});
