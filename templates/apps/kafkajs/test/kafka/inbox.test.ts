import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Inbox } from '../../src/kafka/inbox.ts';
import { record } from '../support/records.ts';

const records = (...offsets: number[]) => offsets.map((offset) => record(offset, 'x'));
const offsets = (taken: ReturnType<typeof records>) => taken.map(({ offset }) => Number(offset));

test('records of several batches are taken together, in their order', () => {
  const inbox = new Inbox();
  void inbox.deliver(records(0, 1));
  void inbox.deliver(records(2, 3));
  assert.deepEqual(offsets(inbox.take(3)), [0, 1, 2]);
  assert.deepEqual(offsets(inbox.take(3)), [3]);
});

test('a batch is settled when the worker comes back for more, not when it was taken', async () => {
  const inbox = new Inbox();
  const settled = watched(inbox.deliver(records(0, 1)));
  inbox.take(10);
  assert.ok(!(await settled()));
  inbox.take(10);
  assert.ok(await settled());
});

test('a batch that was taken in parts is settled after the last', async () => {
  const inbox = new Inbox();
  const settled = watched(inbox.deliver(records(0, 1)));
  inbox.take(1);
  inbox.take(1);
  assert.ok(!(await settled()));
  inbox.take(1);
  assert.ok(await settled());
});

test('what was not taken is dropped at once, what is being handled is waited for', async () => {
  const inbox = new Inbox();
  const handled = watched(inbox.deliver(records(0, 1)));
  const waiting = watched(inbox.deliver(records(2)));
  inbox.take(1);
  inbox.drop();
  assert.deepEqual([await handled(), await waiting()], [false, true]);
  assert.deepEqual(offsets(inbox.take(10)), []);
  assert.ok(await handled());
});

test('an arrival wakes the worker', async () => {
  const inbox = new Inbox();
  const arrival = inbox.arrival();
  void inbox.deliver(records(0));
  await arrival;
  assert.deepEqual(offsets(inbox.take(10)), [0]);
});

test('a batch of which something was dropped is not called handled', async () => {
  const inbox = new Inbox();
  const begun = inbox.deliver(records(0, 1));
  const waiting = inbox.deliver(records(2));
  inbox.take(1);
  inbox.drop();
  inbox.take(1);
  assert.deepEqual(await Promise.all([begun, waiting]), ['dropped', 'dropped']);
});

test('a batch that went through is called handled', async () => {
  const inbox = new Inbox();
  const outcome = inbox.deliver(records(0));
  inbox.take(1);
  inbox.settleTaken();
  assert.equal(await outcome, 'handled');
});

/** Tells whether it is settled by now. */
function watched(promise: Promise<unknown>): () => Promise<boolean> {
  let settled = false;
  void promise.then(() => {
    settled = true;
  });
  return async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return settled;
  };
}
