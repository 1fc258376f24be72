import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headers } from '../../src/kafka/headers.ts';
import { consumedRecord, keyedMessage, messageToProduce } from '../../src/kafka/messages.ts';
import { partitionOf } from '../../src/kafka/partitioner.ts';
import { outgoing } from '../support/records.ts';

test('a header name that occurs twice keeps both values, there and back', () => {
  const list = [
    ...headers({ color: 'red' }),
    ...headers({ size: 'm' }),
    ...headers({ color: 'blue' }),
  ];
  const message = messageToProduce(3, { ...outgoing('a'), headers: list });
  const { headers: read } = consumedRecord('events', 3, {
    ...message,
    key: Buffer.from('ada'),
    value: null,
    offset: '7',
    timestamp: '1767600000000',
    attributes: 0,
  });
  assert.deepEqual(
    read.map(([name, value]) => [String(name), String(value)]),
    [
      ['color', 'red'],
      ['color', 'blue'],
      ['size', 'm'],
    ],
  );
});

test('a null header becomes an empty one, because the client fails on it', () => {
  const record = { ...outgoing('a'), headers: [[Buffer.from('empty'), null]] as const };
  assert.deepEqual(messageToProduce(0, record).headers, { empty: [Buffer.alloc(0)] });
});

test('a record is read as it stood', () => {
  const record = consumedRecord('events', 3, {
    key: null,
    value: Buffer.from('x'),
    offset: '9007199254740993',
    timestamp: '1767600000000',
    attributes: 0,
  } as never);
  assert.deepEqual(record, {
    topic: 'events',
    partition: 3,
    offset: 9007199254740993n,
    timestamp: 1767600000000n,
    leaderEpoch: -1,
    key: null,
    value: Buffer.from('x'),
    headers: [],
  });
});

test('the key decides the partition', () => {
  assert.equal(keyedMessage(outgoing('a'), 6).partition, partitionOf(Buffer.from('ada'), 6));
});
