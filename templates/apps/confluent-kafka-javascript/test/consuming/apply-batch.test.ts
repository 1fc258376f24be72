import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyBatch } from '../../src/consuming/apply-batch.ts';
import { findEvent } from '../../src/store/processed-events.ts';
import { StoreUnavailable } from '../../src/store/store-unavailable.ts';
import { counts } from '../support/apply.ts';
import { eventId, note, notes } from '../support/notes.ts';
import { record } from '../support/records.ts';
import { sqliteStore } from '../support/stores.ts';

test('events and their effects are stored together', async (context) => {
  const store = await sqliteStore(context, notes);
  const outcome = await applyBatch([record(0, note(1)), record(1, note(2))], store, notes);
  assert.deepEqual(outcome, {
    applied: ['NoteTaken', 'NoteTaken'],
    duplicates: 0,
    rejections: [],
  });
  assert.deepEqual(await counts(store, notes), { events: 2, effects: 2 });
});

test('an event that comes again has no second effect', async (context) => {
  const store = await sqliteStore(context, notes);
  await applyBatch([record(0, note(1))], store, notes);
  const outcome = await applyBatch([record(7, note(1)), record(8, note(2))], store, notes);
  assert.equal(outcome.duplicates, 1);
  assert.deepEqual(await counts(store, notes), { events: 2, effects: 2 });
});

test('an event that is in a batch twice has one effect', async (context) => {
  const store = await sqliteStore(context, notes);
  const outcome = await applyBatch([record(0, note(1)), record(1, note(1))], store, notes);
  assert.deepEqual(outcome.applied, ['NoteTaken']);
  assert.equal(outcome.duplicates, 1);
});

test('a large batch is stored completely and in order', async (context) => {
  const store = await sqliteStore(context, notes);
  const records = Array.from({ length: 317 }, (_, number) => record(number, note(number)));
  const outcome = await applyBatch(records, store, notes);
  assert.equal(outcome.applied.length, 317);
  const [last] = await store.read.rows('SELECT text FROM notes ORDER BY rowid DESC LIMIT 1');
  assert.equal(last?.text, 'note 316');
});

test('poison is set aside, and the rest of the batch still counts', async (context) => {
  const store = await sqliteStore(context, notes);
  const records = [
    record(0, note(1)),
    record(1, 'not json'),
    record(2, note(2)),
    record(3, '{"eventType":"Other"}'),
    record(4, note(3, 'refuse me')),
    record(5, note(4)),
  ];
  const { applied, rejections } = await applyBatch(records, store, notes);
  assert.equal(applied.length, 3);
  assert.deepEqual(
    rejections.map(({ record: { offset }, errorClass }) => [offset, errorClass]),
    [
      [1n, 'Undecodable'],
      [3n, 'InvalidEvent'],
      [4n, 'HandlerFailed'],
    ],
  );
  assert.deepEqual(await counts(store, notes), { events: 3, effects: 3 });
});

test('a refused event leaves no trace, and says what went wrong', async (context) => {
  const store = await sqliteStore(context, notes);
  const { rejections } = await applyBatch([record(0, note(1, 'refuse me'))], store, notes);
  assert.equal(rejections[0]?.message, 'RangeError: This note is refused.');
  assert.equal(await findEvent(store.read, eventId(1)), undefined);
});

test('a store that is away undoes the whole batch', async (context) => {
  const store = await sqliteStore(context, notes);
  const away = {
    ...notes,
    apply: () => Promise.reject(new StoreUnavailable('gone')),
  };
  const applying = applyBatch([record(0, note(1)), record(1, 'not json')], store, away);
  await assert.rejects(applying, StoreUnavailable);
  assert.deepEqual(await counts(store, notes), { events: 0, effects: 0 });
});

test('where an event stood and what it was is remembered', async (context) => {
  const store = await sqliteStore(context, notes);
  await applyBatch([record(12, note(1))], store, notes);
  const { processed_at, ...row } = (await findEvent(store.read, eventId(1))) ?? {};
  assert.match(String(processed_at), /^\d{4}-.*Z$/);
  assert.deepEqual(row, {
    event_id: eventId(1),
    event_type: 'NoteTaken',
    topic: 'events',
    partition: 0,
    record_offset: 12,
    correlation_id: 'correlation-12',
    payload: JSON.stringify(note(1)),
  });
});

test('an event without a correlation id gets one', async (context) => {
  const store = await sqliteStore(context, notes);
  const without = { ...record(0, note(1)), headers: [] };
  const empty = {
    ...record(1, note(2)),
    headers: [[Buffer.from('correlation-id'), null] as const],
  };
  await applyBatch([without, empty], store, notes);
  for (const number of [1, 2]) {
    const row = await findEvent(store.read, eventId(number));
    assert.match(String(row?.correlation_id), /^[0-9a-f-]{36}$/);
  }
});
