import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LagSample, trendOf } from '../../src/cluster/trend.ts';

const sample = (seconds: number, ends: number, committed: number): LagSample => ({
  at: seconds * 1000,
  partitions: 'orders-0',
  ends,
  committed,
  lag: ends - committed,
});

const cases: readonly (readonly [
  name: string,
  before: LagSample,
  now: LagSample,
  direction: string,
])[] = [
  ['written faster than read', sample(0, 1000, 500), sample(10, 3000, 1000), 'growing'],
  ['read faster than written', sample(0, 1000, 0), sample(10, 1100, 600), 'shrinking'],
  ['as fast', sample(0, 1000, 500), sample(10, 2000, 1500), 'steady'],
  ['not read at all', sample(0, 1000, 500), sample(10, 1500, 500), 'stuck'],
  ['not read, and nothing written', sample(0, 1000, 500), sample(10, 1000, 500), 'stuck'],
  ['nothing behind', sample(0, 1000, 1000), sample(10, 2000, 2000), 'none'],
];
for (const [name, before, now, direction] of cases)
  test(`${name}: ${direction}`, () => assert.equal(trendOf(before, now)?.direction, direction));

test('the time to catch up is what is left, by how much faster it is read', () => {
  const trend = trendOf(sample(0, 1000, 0), sample(10, 1100, 600));
  assert.deepEqual(trend, {
    seconds: 10,
    written: 10,
    read: 60,
    direction: 'shrinking',
    catchUpSeconds: 10,
  });
});

test('nothing is told where nothing can be: one sample, too soon, other partitions', () => {
  const now = sample(10, 1000, 0);
  assert.equal(trendOf(undefined, now), undefined);
  assert.equal(trendOf(sample(5, 1000, 0), now), undefined);
  assert.equal(trendOf({ ...sample(0, 1000, 0), partitions: 'orders-1' }, now), undefined);
});
