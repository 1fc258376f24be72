import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Positions } from '../../src/kafka/positions.ts';
import { record } from '../support/records.ts';

test('what is committed is the offset of the next record', () => {
  const positions = new Positions();
  positions.advance(record(41, 'x'));
  positions.advance(record(42, 'x'));
  const offsets = [{ topic: 'events', partition: 0, offset: 43n, leaderEpoch: 0 }];
  assert.deepEqual(positions.uncommitted('events'), offsets);
});

test('nothing is committed twice', () => {
  const positions = new Positions();
  positions.advance(record(42, 'x'));
  positions.committed(positions.uncommitted('events'));
  assert.deepEqual(positions.uncommitted('events'), []);
});

test('a record handled while a commit was under way is left for the next', () => {
  const positions = new Positions();
  positions.advance(record(42, 'x'));
  const underWay = positions.uncommitted('events');
  positions.advance(record(43, 'x'));
  positions.committed(underWay);
  assert.equal(positions.uncommitted('events')[0]?.offset, 44n);
});

test('a partition that another member has is neither committed nor remembered', () => {
  const positions = new Positions();
  positions.advance(record(42, 'x'));
  positions.keepOnly([1, 2]);
  assert.ok(!positions.isBefore(record(42, 'x')));
  assert.deepEqual(positions.uncommitted('events'), []);
});

test('records that were handled already are recognised', () => {
  const positions = new Positions();
  positions.advance(record(42, 'x'));
  assert.ok(positions.isBefore(record(42, 'x')));
  assert.ok(!positions.isBefore(record(43, 'x')));
});

test('a topic that was made again begins before the position, and nothing of it is skipped', () => {
  const positions = new Positions();
  positions.advance(record(42, 'x'));
  positions.restart(0);
  assert.ok(!positions.isBefore(record(43, 'the old topic')));
  positions.advance(record(43, 'the old topic'));
  assert.ok(!positions.isBefore(record(0, 'the new topic')));
  positions.advance(record(0, 'the new topic'));
  assert.ok(!positions.isBefore(record(1, 'the new topic')));
  assert.ok(positions.isBefore(record(0, 'the new topic')));
  assert.equal(positions.uncommitted('events')[0]?.offset, 1n);
});

test('what a transaction has committed is neither committed again nor handled again', () => {
  const positions = new Positions();
  positions.startAt(0, 43n);
  assert.ok(positions.isBefore(record(42, 'x')));
  assert.ok(!positions.isBefore(record(43, 'x')));
  assert.deepEqual(positions.uncommitted('events'), []);
});
