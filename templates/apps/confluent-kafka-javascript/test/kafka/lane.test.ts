import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeliveryFailed } from '../../src/kafka/failures.ts';
import { BATCH_BYTES, Lane, LINGER_MS, type Delivery } from '../../src/kafka/lane.ts';
import { outgoing } from '../support/records.ts';
import { RecordingSender } from '../support/recording-sender.ts';

const delivery = (value: string): Delivery => ({ record: outgoing(value), expired: false });

test('records that come together are sent together, each with its own offset', async () => {
  const sender = new RecordingSender();
  const lane = new Lane(() => sender, 1000);
  const offsets = await Promise.all(['a', 'b', 'c'].map((v) => lane.deliver(0, delivery(v))));
  assert.deepEqual(sender.sent, [{ partition: 0, values: ['a', 'b', 'c'] }]);
  assert.deepEqual(offsets, [100n, 101n, 102n]);
});

test('a batch holds one partition only, and every partition gets its turn', async () => {
  const sender = new RecordingSender();
  const lane = new Lane(() => sender, 1000);
  const records: [number, string][] = [
    [5, 'a'],
    [0, 'b'],
    [5, 'c'],
  ];
  await Promise.all(records.map(([partition, value]) => lane.deliver(partition, delivery(value))));
  assert.deepEqual(sender.sent, [
    { partition: 5, values: ['a', 'c'] },
    { partition: 0, values: ['b'] },
  ]);
});

test('what arrives during a send waits for it, so that the order holds', async () => {
  const sender = new RecordingSender();
  const lane = new Lane(() => sender, 1000);
  const later: Promise<bigint>[] = [];
  sender.onSend = ({ values }) => {
    if (values[0] === 'first') {
      later.push(lane.deliver(0, delivery('second')), lane.deliver(0, delivery('third')));
    }
  };
  await lane.deliver(0, delivery('first'));
  await Promise.all(later);
  assert.deepEqual(
    sender.sent.map(({ values }) => values),
    [['first'], ['second', 'third']],
  );
});

test('a batch ends at 64 KiB, and a larger record goes alone', async () => {
  const sender = new RecordingSender();
  const lane = new Lane(() => sender, 1000);
  const half = 'h'.repeat(BATCH_BYTES / 2);
  const large = 'l'.repeat(BATCH_BYTES * 2);
  await Promise.all([half, large, 'x', half].map((v) => lane.deliver(0, delivery(v))));
  assert.deepEqual(
    sender.sent.map(({ values }) => values.map((value) => value.charAt(0))),
    [['h'], ['l'], ['x', 'h']],
  );
});

test('an expired record is not sent any more', async () => {
  const sender = new RecordingSender();
  const lane = new Lane(() => sender, 1000);
  const expired = delivery('expired');
  void lane.deliver(0, expired);
  const kept = lane.deliver(0, delivery('kept'));
  expired.expired = true;
  await kept;
  assert.deepEqual(sender.sent, [{ partition: 0, values: ['kept'] }]);
});

test('a send that failed is told to all its callers, and the lane goes on', async () => {
  const sender = new RecordingSender();
  const lane = new Lane(() => sender, 1000);
  sender.onSend = () => {
    throw new DeliveryFailed('unauthorised', 'no rights');
  };
  const results = await Promise.allSettled(['a', 'b'].map((v) => lane.deliver(0, delivery(v))));
  for (const result of results) {
    assert.equal(result.status, 'rejected');
    assert.equal((result.reason as DeliveryFailed).kind, 'unauthorised');
  }
  sender.onSend = () => undefined;
  assert.equal(await lane.deliver(0, delivery('c')), 100n);
});

test('a batch that is too large is sent record by record: only the large one fails', async () => {
  const sender = new RecordingSender();
  const lane = new Lane(() => sender, 1000);
  sender.onSend = ({ values }) => {
    if (values.length > 1 || values[0] === 'large') {
      throw new DeliveryFailed('too_large', 'too large');
    }
  };
  const [small, large, other] = await Promise.allSettled(
    ['small', 'large', 'other'].map((v) => lane.deliver(0, delivery(v))),
  );
  assert.equal(small?.status, 'fulfilled');
  assert.equal(large?.status, 'rejected');
  assert.equal(other?.status, 'fulfilled');
});

test('a send that never ends is given up, and a new client goes on', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const stuck = new RecordingSender();
  stuck.onSend = () => new Promise(() => undefined);
  const next = new RecordingSender();
  const senders = [stuck, next];
  const lane = new Lane(() => senders.shift() ?? next, 1000);
  const lost = lane.deliver(0, delivery('lost'));
  const queued = lane.deliver(1, delivery('queued'));
  const refused = assert.rejects(lost, DeliveryFailed);
  // The linger is a promise-based timer, which is not mocked.
  await sleep(LINGER_MS * 4);
  context.mock.timers.tick(16_000);
  await refused;
  assert.equal(await queued, 100n);
  assert.ok(stuck.closed);
});

test('closing delivers what waits first', async () => {
  const sender = new RecordingSender();
  const lane = new Lane(() => sender, 1000);
  const waiting = lane.deliver(0, delivery('a'));
  await lane.close();
  assert.equal(await waiting, 100n);
  assert.ok(sender.closed);
});
