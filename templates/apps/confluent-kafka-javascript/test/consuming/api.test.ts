import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { addConsumerApi } from '../../src/consuming/api.ts';
import { applyBatch } from '../../src/consuming/apply-batch.ts';
import { httpServer } from '../../src/service/http.ts';
import { consumerMetrics } from '../../src/service/metrics.ts';
import { StoreUnavailable } from '../../src/store/store-unavailable.ts';
import type { Sql } from '../../src/store/store.ts';
import { keptLog } from '../support/kept-log.ts';
import { eventId, note, notes } from '../support/notes.ts';
import { record } from '../support/records.ts';
import { sqliteStore } from '../support/stores.ts';

test('an event that was processed is found, with where it stood', async (context) => {
  const app = await appWithNotes(context);
  const response = await app.inject(`/events/${eventId(1)}`);
  assert.equal(response.statusCode, 200);
  const { processedAt, ...answer } = response.json<Record<string, unknown>>();
  assert.match(String(processedAt), /^\d{4}-.*Z$/);
  assert.deepEqual(answer, {
    event: note(1),
    topic: 'events',
    partition: 0,
    offset: 4,
    correlationId: 'correlation-4',
  });
});

test('an event that was not processed is 404', async (context) => {
  const app = await appWithNotes(context);
  assert.equal((await app.inject(`/events/${eventId(99)}`)).statusCode, 404);
});

test('stats count events and effects', async (context) => {
  const app = await appWithNotes(context);
  assert.deepEqual((await app.inject('/stats')).json(), { events: 2, effects: 2 });
});

test('stats are one question, because two could have a batch between them', async (context) => {
  const store = await sqliteStore(context, notes);
  const asked: string[] = [];
  const rows: Sql['rows'] = (statement) => {
    asked.push(statement);
    return store.read.rows(statement);
  };
  await appWith({ ...store.read, rows }).inject('/stats');
  assert.equal(asked.length, 1);
});

test("the domain's views are answered, with their parameters", async (context) => {
  const app = await appWithNotes(context);
  assert.deepEqual((await app.inject('/views/notes?limit=1')).json(), {
    notes: [{ text: 'note 1' }],
  });
  assert.deepEqual((await app.inject('/views/notes/note%202')).json(), { text: 'note 2' });
  assert.equal((await app.inject('/views/notes/other')).statusCode, 404);
});

test('a wrong parameter is named', async (context) => {
  const app = await appWithNotes(context);
  const response = await app.inject('/views/notes?limit=0');
  assert.equal(response.statusCode, 400);
  assert.match(response.json<{ message: string }>().message, /limit/);
});

test('a store that is away is 503, before the first contact too', async () => {
  const away = () => Promise.reject(new StoreUnavailable('away'));
  for (const sql of [undefined, { run: away, rows: away }]) {
    const response = await appWith(sql).inject('/stats');
    assert.equal(response.statusCode, 503);
    assert.equal(response.headers['retry-after'], '1');
  }
});

test('a bug is 500 and says nothing about its inside', async () => {
  const broken = () => Promise.reject(new TypeError('secret inside'));
  const response = await appWith({ run: broken, rows: broken }).inject('/stats');
  assert.equal(response.statusCode, 500);
  assert.doesNotMatch(response.body, /secret/);
});

test('health and metrics', async () => {
  let reasons = ['draining'];
  const { registry } = consumerMetrics('events');
  const app = httpServer(registry, () => reasons);
  assert.deepEqual((await app.inject('/health/live')).json(), { status: 'live' });
  const notReady = await app.inject('/health/ready');
  assert.equal(notReady.statusCode, 503);
  assert.deepEqual(notReady.json(), { status: 'not ready', reasons: ['draining'] });
  reasons = [];
  assert.deepEqual((await app.inject('/health/ready')).json(), { status: 'ready' });
  assert.match((await app.inject('/metrics')).body, /app_consumer_paused 0/);
});

async function appWithNotes(context: TestContext) {
  const store = await sqliteStore(context, notes);
  await applyBatch([record(4, note(1)), record(5, note(2))], store, notes);
  return appWith(store.read);
}

function appWith(sql: Sql | undefined) {
  const app = httpServer(consumerMetrics('events').registry, () => []);
  addConsumerApi(app, { domain: notes, sql: () => sql, log: keptLog().log });
  return app;
}
