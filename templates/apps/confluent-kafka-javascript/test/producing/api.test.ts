import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { DeliveryFailed, type DeliveryFailure } from '../../src/kafka/failures.ts';
import { headerText } from '../../src/kafka/headers.ts';
import type { OutgoingRecord } from '../../src/kafka/records.ts';
import { addProducerApi, type ProducerApi } from '../../src/producing/api.ts';
import { MAX_BYTES_IN_FLIGHT } from '../../src/producing/in-flight.ts';
import { httpServer } from '../../src/service/http.ts';
import { producerMetrics } from '../../src/service/metrics.ts';
import { keptLog } from '../support/kept-log.ts';
import { eventId, note, notes } from '../support/notes.ts';

interface Answer {
  error: string;
  message: string;
  correlationId: string;
}

test('an acknowledged event is answered with where it stands', async () => {
  const { post, published } = service();
  const response = await post(note(1));
  assert.equal(response.statusCode, 202);
  assert.deepEqual(response.json(), {
    eventId: eventId(1),
    topic: 'events',
    partition: 3,
    offset: 17,
  });
  assert.equal(String(published[0]?.key), 'ada');
  assert.deepEqual(JSON.parse(String(published[0]?.value)), note(1));
});

test('the answer waits for the acknowledgement', async () => {
  const acknowledged = Promise.withResolvers<{ partition: number; offset: bigint }>();
  const { post, inFlight } = service({ publish: () => acknowledged.promise });
  let answered = false;
  const response = post(note(1)).then((answer) => {
    answered = true;
    return answer;
  });
  await inFlight(1);
  assert.ok(!answered);
  acknowledged.resolve({ partition: 0, offset: 1n });
  assert.equal((await response).statusCode, 202);
});

test('the record carries the headers of the contract', async () => {
  const { post, published } = service();
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  await post(note(1), { 'x-correlation-id': 'order-77', traceparent });
  const list = published[0]?.headers ?? [];
  assert.deepEqual(Object.fromEntries(list.map(([name, value]) => [String(name), String(value)])), {
    'event-id': eventId(1),
    'event-type': 'NoteTaken',
    'correlation-id': 'order-77',
    'content-type': 'application/json',
    traceparent,
  });
});

test('a correlation id is kept and returned, or made', async () => {
  const { post, published } = service();
  const kept = await post(note(1), { 'x-correlation-id': 'order-77' });
  assert.equal(kept.headers['x-correlation-id'], 'order-77');
  const made = await post(note(2));
  assert.match(String(made.headers['x-correlation-id']), /^[0-9a-f-]{36}$/);
  assert.equal(
    headerText(published[1]?.headers ?? [], 'correlation-id'),
    made.headers['x-correlation-id'],
  );
  const unfit = await post(note(3), { 'x-correlation-id': 'x'.repeat(500) });
  assert.match(String(unfit.headers['x-correlation-id']), /^[0-9a-f-]{36}$/);
});

test('what is not JSON is 400, whatever the content type says', async () => {
  const { postText, rejections } = service();
  for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
    const response = await postText('{"eventId":', { 'content-type': type });
    assert.equal(response.statusCode, 400);
    assert.equal(response.json<Answer>().error, 'not_json');
  }
  assert.equal((await postText('', {})).statusCode, 400);
  assert.equal(await rejections('invalid'), 4);
});

test('an event that is not valid is 422, with its problems', async () => {
  const { post, rejections } = service();
  const response = await post({ ...note(1), author: '' });
  assert.equal(response.statusCode, 422);
  const { error, details } = response.json<Answer & { details: { path: string }[] }>();
  assert.equal(error, 'invalid_event');
  assert.equal(details[0]?.path, 'author');
  assert.equal(await rejections('invalid'), 1);
});

test('an event above 1 MiB is 413', async () => {
  const { post, rejections } = service();
  const response = await post(note(1, 'x'.repeat(1024 * 1024)));
  assert.equal(response.statusCode, 413);
  assert.equal(response.json<Answer>().error, 'record_too_large');
  assert.equal(await rejections('too_large'), 1);
});

const failures: Record<DeliveryFailure, number> = {
  too_large: 413,
  unauthorised: 403,
  unknown_topic: 404,
  timeout: 503,
};
for (const [kind, status] of Object.entries(failures) as [DeliveryFailure, number][]) {
  test(`${kind} is ${status}, and counted`, async () => {
    const { post, rejections } = service({
      publish: () => Promise.reject(new DeliveryFailed(kind, 'It did not work.')),
    });
    const response = await post(note(1), { 'x-correlation-id': 'order-77' });
    assert.equal(response.statusCode, status);
    assert.equal(response.headers['retry-after'], status === 503 ? '1' : undefined);
    const { message, correlationId } = response.json<Answer>();
    assert.deepEqual([message, correlationId], ['It did not work.', 'order-77']);
    assert.equal(await rejections(kind), 1);
  });
}

test('events beyond the limit are 503 at once, until others are through', async () => {
  const acknowledged = Promise.withResolvers<{ partition: number; offset: bigint }>();
  const { post, inFlight, rejections } = service({
    maxInFlight: 2,
    publish: () => acknowledged.promise,
  });
  const waiting = [post(note(1)), post(note(2))];
  await inFlight(2);

  const refused = await post(note(3));
  assert.equal(refused.statusCode, 503);
  assert.equal(refused.json<Answer>().error, 'queue_full');
  assert.equal(refused.headers['retry-after'], '1');
  assert.equal(await rejections('queue_full'), 1);

  acknowledged.resolve({ partition: 0, offset: 1n });
  await Promise.all(waiting);
  assert.equal((await post(note(4))).statusCode, 202);
  await inFlight(0);
});

test('large events are 503 before they take more memory than there may be', async () => {
  const acknowledged = Promise.withResolvers<{ partition: number; offset: bigint }>();
  const { post, inFlight, rejections } = service({
    maxInFlight: 10_000,
    publish: () => acknowledged.promise,
  });
  const large = note(1, 'x'.repeat(1_000_000));
  const fitting = Math.floor(MAX_BYTES_IN_FLIGHT / JSON.stringify(large).length);
  const waiting = Array.from({ length: fitting }, () => post(large));
  await inFlight(fitting);
  assert.equal((await post(large)).json<Answer>().error, 'queue_full');
  assert.equal(await rejections('queue_full'), 1);
  acknowledged.resolve({ partition: 0, offset: 1n });
  for (const response of await Promise.all(waiting)) {
    assert.equal(response.statusCode, 202);
  }
  assert.equal((await post(large)).statusCode, 202);
});

test('acknowledged events are counted and timed', async () => {
  const { post, metrics } = service();
  await post(note(1));
  const text = await metrics.registry.metrics();
  assert.match(text, /^app_events_produced_total{topic="events"} 1$/m);
  assert.match(text, /^app_event_delivery_seconds_count 1$/m);
});

test('a payload is never logged above debug', async () => {
  const { post, lines } = service({
    publish: () => Promise.reject(new DeliveryFailed('timeout', 'It did not work.')),
  });
  await post(note(1, 'private words'));
  assert.equal(lines.length, 1);
  assert.doesNotMatch(JSON.stringify(lines), /private words/);
});

function service(options: Partial<ProducerApi> = {}) {
  const published: OutgoingRecord[] = [];
  const metrics = producerMetrics('events');
  const { log, lines } = keptLog();
  const app = httpServer(metrics.registry, () => []);
  addProducerApi(app, {
    domain: notes,
    topic: 'events',
    maxInFlight: 100,
    publish: (record) => {
      published.push(record);
      return Promise.resolve({ partition: 3, offset: 17n });
    },
    metrics,
    log,
    ...options,
  });
  const postText = (body: string, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: '/events', body, headers });
  return {
    postText,
    post: (event: object, headers: Record<string, string> = {}) =>
      postText(JSON.stringify(event), { 'content-type': 'application/json', ...headers }),
    published,
    metrics,
    lines,
    /** Waits until so many events are under way. */
    inFlight: async (count: number): Promise<void> => {
      const now = async () => (await metrics.inFlight.get()).values[0]?.value;
      while ((await now()) !== count) {
        await setImmediate();
      }
    },
    rejections: async (reason: string): Promise<number> => {
      const { values } = await metrics.rejected.get();
      return values.find(({ labels }) => labels.reason === reason)?.value ?? 0;
    },
  };
}
