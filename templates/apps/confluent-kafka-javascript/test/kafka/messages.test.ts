import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consumedRecord, messageHeaders } from '../../src/kafka/messages.ts';

const message = {
  topic: 'events',
  partition: 3,
  offset: 42,
  size: 1,
  timestamp: 1000,
  value: Buffer.from('{}'),
  key: 'ann',
  headers: [{ name: Buffer.from('one') }, { name: 'two' }],
};

test('a record keeps its place, its bytes and headers of the same name', () => {
  const { partition, offset, timestamp, key, value, headers } = consumedRecord(message);
  assert.deepEqual([partition, offset, timestamp], [3, 42n, 1000n]);
  assert.equal(key?.toString(), 'ann');
  assert.equal(value, message.value);
  assert.deepEqual(
    headers.map(([name, bytes]) => `${name.toString()}=${bytes?.toString() ?? ''}`),
    ['name=one', 'name=two'],
  );
});

test('what a record does not have is null', () => {
  const { topic, partition, offset, size } = message;
  const read = consumedRecord({ topic, partition, offset, size, value: null });
  assert.deepEqual([read.key, read.value, read.headers], [null, null, []]);
  assert.equal(read.leaderEpoch, -1);
});

test('headers of the same name are written both, and a null one becomes empty', () => {
  const name = Buffer.from('name');
  const headers = [[name, Buffer.from('one')] as const, [name, null] as const];
  assert.deepEqual(messageHeaders({ key: null, value: null, headers }), [
    { name: Buffer.from('one') },
    { name: Buffer.alloc(0) },
  ]);
});
