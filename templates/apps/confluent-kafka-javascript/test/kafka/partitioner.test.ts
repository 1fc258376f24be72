import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partitionOf } from '../../src/kafka/partitioner.ts';

// murmur2 of each key as Kafka's own UtilsTest.testMurmur2 has it.
const hashes = {
  '21': -973932308,
  foobar: -790332482,
  'a-little-bit-long-string': -985981536,
  'a-little-bit-longer-string': -1486304829,
  lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8: -58897971,
  abc: 479470107,
};

for (const [key, hash] of Object.entries(hashes)) {
  test(`${key} is on the partition where Kafka's Java client puts it`, () => {
    for (const partitions of [1, 2, 3, 6, 12, 50, 97]) {
      assert.equal(partitionOf(Buffer.from(key), partitions), (hash & 0x7fffffff) % partitions);
    }
  });
}

test('a record without a key goes to any partition', () => {
  const partitions = new Set(Array.from({ length: 200 }, () => partitionOf(null, 3)));
  assert.deepEqual([...partitions].sort(), [0, 1, 2]);
});
