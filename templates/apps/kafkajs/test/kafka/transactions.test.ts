import type { Producer, Transaction } from 'kafkajs';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cluster } from '../../src/kafka/cluster.ts';
import { KafkaRefused } from '../../src/kafka/failures.ts';
import { HEARD_WITHIN_MS, Transactions } from '../../src/kafka/transactions.ts';
import type { ConnectionSettings } from '../../src/service/connection-settings.ts';
import { keptLog } from '../support/kept-log.ts';
import { record } from '../support/records.ts';

type Step = 'connect' | 'begin' | 'send' | 'offsets' | 'commit' | 'abort';

/** Notes the steps, and runs what the test says at each of them. */
function transactions(at: Partial<Record<Step, () => void>> = {}) {
  const steps: Step[] = [];
  const step = (name: Step) => () =>
    new Promise<unknown>((resolve) => {
      steps.push(name);
      at[name]?.();
      resolve(undefined);
    });
  const transaction = {
    send: step('send'),
    sendOffsets: step('offsets'),
    commit: step('commit'),
    abort: step('abort'),
  } as unknown as Transaction;
  const producer = {
    connect: step('connect'),
    transaction: () => step('begin')().then(() => transaction),
    disconnect: () => Promise.resolve(),
  } as unknown as Producer;
  const settings: ConnectionSettings = {
    clientId: 'app',
    bootstrapServers: ['a:1'],
    security: { kind: 'plaintext' },
  };
  const cluster = new Cluster(settings, keptLog().log, () => undefined);
  const metadata = { partitionsOf: () => Promise.resolve(1), close: () => Promise.resolve() };
  const opened = new Transactions(cluster, 'tx-1', () => producer, metadata);
  return { steps, opened };
}

const outputs = [{ topic: 'derived', record: { key: null, value: Buffer.from('x'), headers: [] } }];
const read = [record(1, 'x')];
const { signal } = new AbortController();

function member({
  heardAt = Date.now,
  committed = 2n,
}: { heardAt?: () => number; committed?: bigint } = {}) {
  const offsets = { committed: () => Promise.resolve(new Map([[0, committed]])) };
  return { groupId: 'derivers', heardAt, offsets };
}

function failing(type: string, times = 1) {
  let left = times;
  return () => {
    if (left-- > 0) {
      throw Object.assign(new Error(type), { type });
    }
  };
}

test('records and offsets are committed together', async () => {
  const { steps, opened } = transactions();
  await opened.open(signal);
  await opened.commit(outputs, read, member());
  assert.deepEqual(steps, ['connect', 'begin', 'send', 'offsets', 'commit']);
});

test('who was not heard by the group commits nothing that could come too late', async () => {
  const { steps, opened } = transactions();
  await opened.open(signal);
  const heardAt = () => Date.now() - HEARD_WITHIN_MS - 1;
  await assert.rejects(opened.commit(outputs, read, member({ heardAt })), /another member/);
  assert.ok(!steps.includes('commit'));
});

test('the last heartbeat before the commit counts, not that at the beginning', async (context) => {
  context.mock.timers.enable({ apis: ['Date'] });
  let heardAt = 0;
  const { steps, opened } = transactions({
    send: () => {
      context.mock.timers.tick(HEARD_WITHIN_MS + 1);
      heardAt = Date.now();
    },
  });
  await opened.open(signal);
  await opened.commit(outputs, read, member({ heardAt: () => heardAt }));
  assert.ok(steps.includes('commit'));
});

test('a commit that failed is settled before anybody else can get the partitions', async () => {
  const { steps, opened } = transactions({
    commit: failing('NOT_COORDINATOR'),
    // The client does nothing more in a transaction whose end has failed.
    abort: failing('Cannot continue to use transaction once ended'),
  });
  await opened.open(signal);
  await assert.rejects(opened.commit(outputs, read, member()), /NOT_COORDINATOR/);
  assert.deepEqual(steps.slice(-3), ['abort', 'connect', 'begin']);
  await opened.commit(outputs, read, member());
  assert.equal(steps.at(-1), 'commit');
});

test('settling goes on until a broker is there', async () => {
  const connect = [() => undefined, failing('no broker')];
  const { steps, opened } = transactions({
    connect: () => connect.shift()?.(),
    send: failing('REQUEST_TIMED_OUT'),
  });
  await opened.open(signal);
  await assert.rejects(opened.commit(outputs, read, member()), /REQUEST_TIMED_OUT/);
  assert.deepEqual(steps.slice(-3), ['connect', 'connect', 'begin']);
});

for (const [when, at] of [
  ['in its transaction', { send: failing('INVALID_PRODUCER_EPOCH') }],
  ['when it aborts', { send: failing('NOT_LEADER'), abort: failing('INVALID_PRODUCER_EPOCH') }],
] as const) {
  test(`a producer that is fenced ${when} has lost to another instance, and leaves it the id`, async () => {
    const { steps, opened } = transactions(at);
    await opened.open(signal);
    await assert.rejects(opened.commit(outputs, read, member()), KafkaRefused);
    assert.equal(steps.filter((step) => step === 'begin').length, 1);
  });
}

test('a producer whose transaction took too long is not called fenced, and starts anew', async (context) => {
  context.mock.timers.enable({ apis: ['Date'] });
  const { steps, opened } = transactions({
    send: () => {
      context.mock.timers.tick(15_000);
      failing('INVALID_PRODUCER_EPOCH')();
    },
  });
  await opened.open(signal);
  await assert.rejects(
    opened.commit(outputs, read, member()),
    (error) => !(error instanceof KafkaRefused),
  );
  assert.equal(steps.at(-1), 'begin');
});

test('offsets that are never seen end the wait', async (context) => {
  context.mock.timers.enable({ apis: ['Date'] });
  const { opened } = transactions();
  await opened.open(signal);
  const offsets = {
    committed: () => {
      context.mock.timers.tick(6000);
      return Promise.resolve(new Map<number, bigint>());
    },
  };
  const commit = opened.commit(outputs, read, { ...member(), offsets });
  await assert.rejects(commit, /not seen/);
});
