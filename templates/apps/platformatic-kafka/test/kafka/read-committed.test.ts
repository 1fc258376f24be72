import { IS_CONTROL, IS_TRANSACTIONAL } from '@platformatic/kafka';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partitionsOutOfRange } from '../../src/kafka/offset-reset.ts';
import { hideAbortedBatches } from '../../src/kafka/read-committed.ts';

test('partitions that have to start over are told from others that fail', () => {
  const partitions = [
    { partitionIndex: 0, errorCode: 0 },
    { partitionIndex: 1, errorCode: 1 },
    { partitionIndex: 2, errorCode: 6 },
  ];
  const error = Object.assign(new Error('fetch failed'), {
    response: { responses: [{ partitions }] },
  });
  assert.deepEqual(partitionsOutOfRange(error), [1]);
  assert.deepEqual(partitionsOutOfRange(new Error('network')), []);
});

type Partition = Parameters<typeof hideAbortedBatches>[0];

const written = (producerId: bigint, firstOffset: bigint) =>
  batch(producerId, firstOffset, IS_TRANSACTIONAL);
const marker = (producerId: bigint, offset: bigint) =>
  batch(producerId, offset, IS_TRANSACTIONAL | IS_CONTROL, 0);

test('every aborted transaction of a producer is hidden, what it committed between is not', () => {
  const records = [written(7n, 0n), marker(7n, 5n), written(7n, 6n), marker(7n, 11n)];
  records.push(written(7n, 12n), marker(7n, 17n));
  assert.deepEqual(
    shown(records, [
      [7n, 0n],
      [7n, 12n],
    ]),
    [6n],
  );
});

test('an aborted transaction is hidden also when its end is in a later response', () => {
  assert.deepEqual(shown([written(7n, 0n), written(7n, 5n)], [[7n, 0n]]), []);
});

test('other producers are not concerned', () => {
  const plain = batch(-1n, 20n, 0);
  const records = [written(7n, 0n), written(8n, 5n), written(7n, 10n), marker(7n, 15n), plain];
  assert.deepEqual(shown(records, [[7n, 0n]]), [5n, 20n]);
});

test('without aborted transactions everything is shown', () => {
  assert.deepEqual(shown([written(7n, 0n), marker(7n, 5n), written(7n, 6n)], []), [0n, 6n]);
});

/** The first offsets of the batches that the client will deliver. */
function shown(records: ReturnType<typeof batch>[], aborted: [bigint, bigint][]): bigint[] {
  const abortedTransactions = aborted.map(([producerId, firstOffset]) => ({
    producerId,
    firstOffset,
  }));
  hideAbortedBatches({ records, abortedTransactions } as unknown as Partition);
  return records
    .filter(({ attributes }) => !(attributes & IS_CONTROL))
    .map(({ firstOffset }) => firstOffset);
}

function batch(producerId: bigint, firstOffset: bigint, attributes: number, lastOffsetDelta = 4) {
  return { producerId, firstOffset, lastOffsetDelta, attributes };
}
