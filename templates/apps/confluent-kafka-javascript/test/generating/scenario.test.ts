import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EPOCH, Scenario } from '../../src/generating/scenario.ts';

test('the same seed makes the same choices, ids and times included', () => {
  const choices = (seed: number) => {
    const scenario = new Scenario(seed);
    return Array.from({ length: 50 }, () => [scenario.event('Any'), scenario.code('key', 6)]);
  };
  assert.deepEqual(choices(1), choices(1));
  assert.notDeepEqual(choices(1), choices(2));
});

test('ids are version 4 UUIDs and differ', () => {
  const scenario = new Scenario(1);
  const ids = new Set(Array.from({ length: 1000 }, () => scenario.uuid()));
  assert.equal(ids.size, 1000);
  for (const id of ids) {
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test('about one event in a hundred is minutes late', () => {
  const scenario = new Scenario(1);
  let newest = EPOCH;
  let late = 0;
  for (let count = 0; count < 10_000; count += 1) {
    const time = Date.parse(scenario.occurredAt());
    late += time < newest - 60_000 ? 1 : 0;
    newest = Math.max(newest, time);
  }
  assert.ok(late > 50 && late < 200, `${late} of 10000`);
});

test('skewed picks favour the first items, and reach all of them', () => {
  const scenario = new Scenario(1);
  const counts = [0, 0, 0, 0, 0];
  for (let count = 0; count < 5000; count += 1) {
    const item = scenario.pickSkewed([0, 1, 2, 3, 4]);
    counts[item] = (counts[item] ?? 0) + 1;
  }
  assert.ok((counts[0] ?? 0) > 4 * (counts[4] ?? 0), counts.join(' '));
  assert.ok(
    counts.every((count) => count > 0),
    counts.join(' '),
  );
});
