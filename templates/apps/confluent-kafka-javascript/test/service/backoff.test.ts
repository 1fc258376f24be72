import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoffMs } from '../../src/service/backoff.ts';

test('the wait doubles from 0.1 s and stops growing at 10 s', () => {
  const waits = [1, 2, 3, 8, 9, 1000].map((attempt) => backoffMs(attempt, { random: () => 1 }));
  assert.deepEqual(waits, [100, 200, 400, 10_000, 10_000, 10_000]);
});

test('jitter takes away up to half, but never goes below the first wait', () => {
  assert.equal(backoffMs(5, { random: () => 0 }), 800);
  assert.equal(backoffMs(1, { random: () => 0 }), 100);
});
