import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deadLetter, DeadLetters, type DeadLetter } from '../../src/kafka/dead-letters.ts';
import { DeliveryFailed, KafkaRefused } from '../../src/kafka/failures.ts';
import { headers, headerText } from '../../src/kafka/headers.ts';
import type { OutgoingRecord } from '../../src/kafka/records.ts';
import { record } from '../support/records.ts';

const failedAt = new Date('2026-01-05T08:00:00.000Z');
const letter = (value: string | null) => ({
  record: record(42, value),
  errorClass: 'Undecodable',
  message: 'The value is not JSON.',
  attempts: 1,
});

function deadLetterHeaders(dead: DeadLetter, groupId: string, at: Date) {
  return deadLetter(dead, groupId, at).headers;
}

test('the headers say where the record stood and why it is here', () => {
  const list = deadLetterHeaders(letter('{'), 'readers', failedAt);
  const texts = Object.fromEntries(list.map(([name, value]) => [String(name), String(value)]));
  assert.deepEqual(texts, {
    'correlation-id': 'correlation-42',
    'dlq-original-topic': 'events',
    'dlq-original-partition': '0',
    'dlq-original-offset': '42',
    'dlq-original-timestamp': '1767600000000',
    'dlq-error-class': 'Undecodable',
    'dlq-error-message': 'The value is not JSON.',
    'dlq-attempts': '1',
    'dlq-failed-at': '2026-01-05T08:00:00.000Z',
    'dlq-consumer-group': 'readers',
  });
});

test('the record keeps its own headers, also those that occur twice or are null', () => {
  const own = [...headers({ color: 'red' }), ...headers({ color: 'blue' })];
  const empty = [Buffer.from('empty'), null] as const;
  const dead = { ...letter('{'), record: { ...record(1, '{'), headers: [...own, empty] } };
  const kept = deadLetterHeaders(dead, 'readers', failedAt).slice(0, 3);
  assert.deepEqual(kept, [...own, empty]);
});

test('a correlation id is made if there is none', () => {
  const dead = { ...letter('{'), record: { ...record(1, '{'), headers: [] } };
  const made = headerText(deadLetterHeaders(dead, 'readers', failedAt), 'correlation-id');
  assert.match(made ?? '', /^[0-9a-f-]{36}$/);
});

test('a record that fails again tells its last failure only', () => {
  const first = deadLetterHeaders(letter('{'), 'readers', failedAt);
  const again = { ...letter('{'), attempts: 3, record: { ...record(7, '{'), headers: first } };
  const list = deadLetterHeaders(again, 'readers', failedAt);
  assert.equal(headerText(list, 'dlq-attempts'), '3');
  assert.equal(list.filter(([name]) => String(name) === 'dlq-attempts').length, 1);
});

test('key and value stay as they were', async () => {
  const published: OutgoingRecord[] = [];
  const publish = (outgoing: OutgoingRecord) => {
    published.push(outgoing);
    return Promise.resolve({ partition: 0, offset: 0n });
  };
  await new DeadLetters({ publish }, 'events.dlq', 'readers').send(
    new Set([letter('{'), letter(null)]),
  );
  assert.deepEqual(
    published.map(({ key, value }) => [String(key), value && String(value)]),
    [
      ['ada', '{'],
      ['ada', null],
    ],
  );
});

test('what was not acknowledged is left, to be sent again', async () => {
  const publish = ({ value }: OutgoingRecord) =>
    String(value) === 'lost'
      ? Promise.reject(new DeliveryFailed('timeout', 'not acknowledged'))
      : Promise.resolve({ partition: 0, offset: 0n });
  const letters = new Set([letter('kept'), letter('lost')]);
  await assert.rejects(
    new DeadLetters({ publish }, 'events.dlq', 'readers').send(letters),
    DeliveryFailed,
  );
  assert.deepEqual(
    [...letters].map(({ record: { value } }) => String(value)),
    ['lost'],
  );
});

for (const kind of ['unauthorised', 'unknown_topic', 'too_large'] as const) {
  test(`${kind} is for good, and told with the topic's name`, async () => {
    const publish = ({ value }: OutgoingRecord) =>
      Promise.reject(
        String(value) === 'slow'
          ? new DeliveryFailed('timeout', 'It was slow.')
          : new DeliveryFailed(kind, 'It is not.'),
      );
    await assert.rejects(
      new DeadLetters({ publish }, 'events.dlq', 'readers').send(
        new Set([letter('slow'), letter('refused')]),
      ),
      (error) =>
        error instanceof KafkaRefused &&
        /can't be written to events.dlq: It is/.test(error.message),
    );
  });
}
