import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headers, headerText } from '../../src/kafka/headers.ts';
import { transform, type Target } from '../../src/transforming/transform.ts';
import { eventId, note, notes } from '../support/notes.ts';
import { record } from '../support/records.ts';

const target: Target = {
  domain: notes,
  outputTopic: 'events.derived',
  deadLetterTopic: 'events.dlq',
  groupId: 'derivers',
};

test('each record gives one derived event with its id, its time and its key', () => {
  const { outputs } = transform([record(0, note(1)), record(1, note(2))], target);
  assert.deepEqual(
    outputs.map(({ topic, record: { key, value } }) => [topic, String(key), String(value)]),
    [1, 2].map((number) => [
      'events.derived',
      'ada',
      JSON.stringify({
        eventId: eventId(number),
        eventType: 'NoteCounted',
        occurredAt: note(number).occurredAt,
        author: 'ada',
        length: '6',
      }),
    ]),
  );
});

test('headers are kept, and the event type is the derived one', () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const own = headers({ 'event-type': 'NoteTaken', 'correlation-id': 'c-1', traceparent });
  const { outputs } = transform([{ ...record(0, note(1)), headers: own }], target);
  const list = outputs[0]?.record.headers ?? [];
  assert.deepEqual(Object.fromEntries(list.map(([name, value]) => [String(name), String(value)])), {
    'correlation-id': 'c-1',
    traceparent,
    'event-type': 'NoteCounted',
  });
  assert.equal(list.length, 3);
});

test('what nothing can be derived from becomes a dead letter, in its place', () => {
  const records = [
    record(0, note(1)),
    record(1, 'not json'),
    record(2, '{"eventType":"Other"}'),
    record(3, note(2, 'refuse me')),
  ];
  const { outputs, rejections } = transform(records, target);
  assert.deepEqual(
    rejections.map(({ errorClass }) => errorClass),
    ['Undecodable', 'InvalidEvent', 'HandlerFailed'],
  );
  assert.deepEqual(
    outputs.map(({ topic, record: { headers: list } }) => [
      topic,
      headerText(list, 'dlq-original-offset'),
    ]),
    [
      ['events.derived', undefined],
      ['events.dlq', '1'],
      ['events.dlq', '2'],
      ['events.dlq', '3'],
    ],
  );
});
