import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BATCH_BYTES } from '../../src/kafka/lane.ts';
import { writeBatches } from '../../src/kafka/write-batches.ts';
import { outgoing } from '../support/records.ts';

const addressed = (bytes: number) => ({ topic: 'events', record: outgoing('x'.repeat(bytes)) });

test('small records are written together', () => {
  assert.equal([...writeBatches([addressed(10), addressed(10), addressed(10)])].length, 1);
});

test('large records are written one by one, in their order', () => {
  const records = [addressed(BATCH_BYTES), addressed(BATCH_BYTES), addressed(1)];
  assert.deepEqual([...writeBatches(records)].flat(), records);
  assert.equal([...writeBatches(records)].length, 3);
});

test('nothing is written in no batch', () => {
  assert.deepEqual([...writeBatches([])], []);
});
