import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Worker, type GroupMembership, type WorkerOptions } from '../../src/consuming/worker.ts';
import { DeliveryFailed, KafkaRefused } from '../../src/kafka/failures.ts';
import type { ConsumedRecord } from '../../src/kafka/records.ts';
import { consumerMetrics } from '../../src/service/metrics.ts';
import { StoreUnavailable } from '../../src/store/store-unavailable.ts';
import { counts } from '../support/apply.ts';
import { keptLog } from '../support/kept-log.ts';
import { note, notes } from '../support/notes.ts';
import { record } from '../support/records.ts';
import { runUntil } from '../support/run-until.ts';
import { sqliteStore } from '../support/stores.ts';

test('the offset moves only after the effect and the dead letter', async (context) => {
  const steps: string[] = [];
  const membership = new FakeMembership([[record(0, note(1)), record(1, 'poison')]]);
  membership.onDone = (records) => steps.push(`done ${records.length}`);
  const { worker, store } = await workerWith(context, {
    subscribe: () => membership,
    deadLetters: {
      async send(letters) {
        const { events } = await counts(store, notes);
        steps.push(`${events} stored`, `${letters.size} dead letter`);
      },
    },
  });
  await runUntil(worker, () => membership.commits > 0);
  assert.deepEqual(steps.slice(0, 3), ['1 stored', '1 dead letter', 'done 2']);
  assert.ok(membership.closed);
});

test('a dead letter that is not acknowledged waits, paused, and only what is left goes again', async (context) => {
  const membership = new FakeMembership([[record(0, 'poison'), record(1, 'poison')]]);
  const sent: number[] = [];
  const { worker, metrics, store } = await workerWith(context, {
    subscribe: () => membership,
    deadLetters: {
      async send(letters) {
        sent.push(letters.size);
        assert.deepEqual(membership.handled, []);
        const [first] = letters;
        if (first && sent.length === 1) {
          letters.delete(first);
          throw new DeliveryFailed('timeout', 'no brokers');
        }
        assert.equal((await metrics.paused.get()).values[0]?.value, 1);
      },
    },
  });
  await runUntil(worker, () => membership.handled.length > 0);
  assert.deepEqual(sent, [2, 1]);
  assert.equal((await metrics.paused.get()).values[0]?.value, 0);
  assert.deepEqual(await counts(store, notes), { events: 0, effects: 0 });
});

test('a dead letter topic that refuses for good ends the worker, with the offset where it is', async (context) => {
  const membership = new FakeMembership([[record(0, 'poison')]]);
  const { worker } = await workerWith(context, {
    subscribe: () => membership,
    deadLetters: { send: () => Promise.reject(new KafkaRefused('no rights')) },
  });
  await assert.rejects(worker.start(), KafkaRefused);
  assert.deepEqual(membership.handled, []);
});

test('while the store is away the batch waits, and is tried again', async (context) => {
  const membership = new FakeMembership([[record(0, note(1))]]);
  let failures = 2;
  const pausedAt: number[] = [];
  const { worker, metrics, store } = await workerWith(context, { subscribe: () => membership });
  const transaction = store.transaction.bind(store);
  store.transaction = async (work) => {
    pausedAt.push((await metrics.paused.get()).values[0]?.value ?? -1);
    if (failures-- > 0) {
      throw new StoreUnavailable('away');
    }
    return transaction(work);
  };
  await runUntil(worker, () => membership.handled.length > 0);
  assert.deepEqual(pausedAt, [0, 1, 1]);
  assert.equal((await metrics.paused.get()).values[0]?.value, 0);
  assert.equal((await metrics.retried.get()).values[0]?.value, 2);
  assert.equal(await metrics.applied.get().then(({ values }) => values[0]?.value), 1);
});

test('records of a partition that was lost in the meantime are left to its new owner', async (context) => {
  const membership = new FakeMembership([[record(0, note(1)), record(1, note(2))]]);
  membership.owns = ({ offset }) => offset === 1n;
  const { worker } = await workerWith(context, { subscribe: () => membership });
  await runUntil(worker, () => membership.handled.length > 0);
  assert.deepEqual(
    membership.handled.map(({ offset }) => offset),
    [1n],
  );
});

test('a lost membership is replaced by a new one', async (context) => {
  const lost = new FakeMembership([]);
  lost.check = () => {
    throw new Error('rejoin failed');
  };
  const next = new FakeMembership([[record(0, note(1))]]);
  const memberships = [lost, next];
  const { worker, lines } = await workerWith(context, {
    subscribe: () => memberships.shift() ?? new FakeMembership([]),
  });
  await runUntil(worker, () => next.handled.length > 0);
  assert.ok(lost.closed);
  assert.ok(lines.some(({ message }) => message === 'starting over with a new group membership'));
});

test('missing rights end the worker', async (context) => {
  const membership = new FakeMembership([]);
  membership.open = () => Promise.reject(new KafkaRefused('The user has no rights.'));
  const { worker } = await workerWith(context, { subscribe: () => membership });
  await assert.rejects(worker.start(), KafkaRefused);
});

test('stopping commits what was done and leaves the group', async (context) => {
  const membership = new FakeMembership([[record(0, note(1))]]);
  const { worker } = await workerWith(context, {
    subscribe: () => membership,
    commitIntervalMs: 60_000,
  });
  await runUntil(worker, () => membership.handled.length > 0);
  assert.equal(membership.commits, 1);
  assert.ok(membership.closed);
});

test('it is not ready before it has a membership', async (context) => {
  const { worker } = await workerWith(context, { subscribe: () => new FakeMembership([]) });
  assert.equal(worker.problem(), 'starting');
  assert.equal(worker.store, undefined);
});

/** Stands where the consumer group is: hands out batches, and notes what is done with them. */
class FakeMembership implements GroupMembership {
  handled: ConsumedRecord[] = [];
  commits = 0;
  closed = false;
  onDone: (records: readonly ConsumedRecord[]) => void = () => undefined;
  readonly #batches: ConsumedRecord[][];

  constructor(batches: ConsumedRecord[][]) {
    this.#batches = batches;
  }

  open = () => Promise.resolve();
  owns: GroupMembership['owns'] = () => true;
  check: GroupMembership['check'] = () => undefined;
  problem: GroupMembership['problem'] = () => undefined;
  handle = (work: () => Promise<void>) => work();

  poll = async () => {
    this.check();
    await new Promise((resolve) => setTimeout(resolve, 5));
    return this.#batches.shift() ?? [];
  };

  commit = () => {
    this.commits += 1;
    return Promise.resolve();
  };

  close = () => {
    this.closed = true;
    return Promise.resolve();
  };

  done = (records: readonly ConsumedRecord[]) => {
    this.handled.push(...records);
    this.onDone(records);
  };
}

async function workerWith(context: TestContext, options: Partial<WorkerOptions>) {
  const store = await sqliteStore(context, notes);
  const metrics = consumerMetrics('events');
  const { log, lines } = keptLog();
  const worker = new Worker({
    domain: notes,
    topic: 'events',
    maxPollRecords: 500,
    commitIntervalMs: 10,
    // The store as the test may have changed it by then; closing is up to the test.
    openStore: () => Promise.resolve({ ...store, close: () => Promise.resolve() }),
    subscribe: () => new FakeMembership([]),
    deadLetters: { send: () => Promise.resolve() },
    metrics,
    log,
    ...options,
  });
  return { worker, store, metrics, lines };
}
