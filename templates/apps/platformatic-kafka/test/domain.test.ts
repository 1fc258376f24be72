import assert from 'node:assert/strict';
import { test } from 'node:test';
import { domain as bound } from '../src/domain.ts';
import type { Domain } from '../src/domain-types.ts';
import { decodeEvent } from '../src/events.ts';
import { generatedEvents } from '../src/generating/events.ts';
import { ask, consume, counts } from './support/apply.ts';
import { sqliteStore } from './support/stores.ts';

// What holds for every domain is asked of the one this project has.
const domain: Domain = bound;
const events = [...generatedEvents(domain, 1, 2000)];

test('generated events are valid, and survive the way through Kafka', () => {
  for (const event of events) {
    const decoded = decodeEvent(Buffer.from(JSON.stringify(event)), domain);
    assert.equal(decoded.kind, 'event');
    assert.deepEqual(decoded.event, event);
  }
});

test('generated ids differ', () => {
  assert.equal(new Set(events.map(({ eventId }) => eventId)).size, events.length);
});

test('some keys are much busier than others', () => {
  const counts = new Map<string, number>();
  for (const event of events) {
    const key = domain.keyOf(event);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const average = events.length / counts.size;
  assert.ok(counts.size > 20);
  assert.ok(Math.max(...counts.values()) > 2 * average);
});

test('every event has one effect, also when it comes again', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, events);
  const again = await consume(store, domain, events.slice(500, 900));
  assert.equal(again.duplicates, 400);
  assert.deepEqual(await counts(store, domain), { events: 2000, effects: 2000 });
});

test('events count without those that came before them', async (context) => {
  const store = await sqliteStore(context, domain);
  const { applied } = await consume(store, domain, events.slice(1000));
  assert.equal(applied.length, 1000);
  assert.deepEqual(await counts(store, domain), { events: 1000, effects: 1000 });
});

test('views without parameters in their path are answered, with and without events', async (context) => {
  const store = await sqliteStore(context, domain);
  const paths = domain.views.map(({ path }) => path).filter((path) => !path.includes(':'));
  assert.notEqual(paths.length, 0);
  for (const path of paths) {
    assert.equal(typeof (await ask(store, domain, path)), 'object');
  }
  await consume(store, domain, events);
  for (const path of paths) {
    assert.match(JSON.stringify(await ask(store, domain, path)), /\[\{/);
  }
});

test('something is derived from every event, with its id and its time', () => {
  for (const event of events) {
    const derived = domain.derive(event);
    assert.deepEqual([derived.eventId, derived.occurredAt], [event.eventId, event.occurredAt]);
    assert.notEqual(derived.eventType, event.eventType);
  }
});
