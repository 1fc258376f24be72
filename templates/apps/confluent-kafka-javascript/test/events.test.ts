import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeEvent } from '../src/events.ts';
import { note, notes } from './support/notes.ts';

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

test('a valid event is decoded, with its text kept as it came', () => {
  const decoded = decodeEvent(bytes(note(1)), notes);
  assert.equal(decoded.kind, 'event');
  assert.deepEqual(decoded.event, note(1));
  assert.equal(decoded.text, JSON.stringify(note(1)));
});

test('unknown fields are kept, so that a producer can be deployed first', () => {
  const decoded = decodeEvent(bytes({ ...note(1), added: 'later' }), notes);
  assert.equal(decoded.kind, 'event');
  assert.equal((decoded.event as unknown as { added: string }).added, 'later');
});

test('event ids and times have one spelling, whatever the sender uses', () => {
  const decoded = decodeEvent(
    bytes({
      ...note(1),
      eventId: 'ABCDEF00-0000-4000-8000-000000000001',
      occurredAt: '2026-01-05T08:00:00Z',
    }),
    notes,
  );
  assert.equal(decoded.kind, 'event');
  assert.equal(decoded.event.eventId, 'abcdef00-0000-4000-8000-000000000001');
  assert.equal(decoded.event.occurredAt, '2026-01-05T08:00:00.000Z');
});

const undecodable = {
  'no value at all': null,
  'bytes that are not UTF-8': Buffer.from([0xff, 0xfe]),
  'text that is not JSON': Buffer.from('{"eventId":'),
  'an empty value': Buffer.alloc(0),
};
for (const [name, value] of Object.entries(undecodable)) {
  test(`${name}: Undecodable`, () => {
    const decoded = decodeEvent(value, notes);
    assert.equal(decoded.kind, 'rejected');
    assert.equal(decoded.errorClass, 'Undecodable');
  });
}

const invalid = {
  'JSON that is no object': 42,
  null: null,
  'an unknown event type': { ...note(1), eventType: 'NoteBurnt' },
  'a missing field': { ...note(1), author: undefined },
  'an event id that is no UUID': { ...note(1), eventId: 'note-1' },
  'a time with a local offset': { ...note(1), occurredAt: '2026-01-05T09:00:00.000+01:00' },
};
for (const [name, value] of Object.entries(invalid)) {
  test(`${name}: InvalidEvent`, () => {
    const decoded = decodeEvent(bytes(value), notes);
    assert.equal(decoded.kind, 'rejected');
    assert.equal(decoded.errorClass, 'InvalidEvent');
  });
}

test('the message of an invalid event names the field', () => {
  const decoded = decodeEvent(bytes({ ...note(1), author: '' }), notes);
  assert.equal(decoded.kind, 'rejected');
  assert.match(decoded.message, /author/);
  assert.equal(decoded.details[0]?.path, 'author');
});
