import rdkafka, { type KafkaConsumer, type Producer } from '@confluentinc/kafka-javascript';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cluster } from '../../src/kafka/cluster.ts';
import { KafkaRefused } from '../../src/kafka/failures.ts';
import { Transactions } from '../../src/kafka/transactions.ts';
import type { ConnectionSettings } from '../../src/service/connection-settings.ts';
import { keptLog } from '../support/kept-log.ts';
import { record } from '../support/records.ts';

const { ERRORS } = rdkafka.CODES;

type Done = (error: Error | null) => void;

function failure(code: number): Error {
  return Object.assign(new Error('Local: something'), { code });
}

type Step = 'init' | 'begin' | 'produce' | 'offsets' | 'commit' | 'abort';

/** Notes the steps, and fails at those it is told to. */
function transactions(failing: Partial<Record<Step, Error>> & { onProduce?: () => void } = {}) {
  const steps: string[] = [];
  const step =
    (name: Step) =>
    (...args: unknown[]) => {
      steps.push(name);
      (args.at(-1) as Done)(failing[name] ?? null);
    };
  const producer = {
    initTransactions: step('init'),
    beginTransaction: step('begin'),
    sendOffsetsToTransaction: step('offsets'),
    commitTransaction: step('commit'),
    abortTransaction: step('abort'),
    isConnected: () => false,
    produce(...[, , , , , reported]: unknown[]) {
      steps.push('produce');
      failing.onProduce?.();
      const { resolve, reject } = reported as { resolve: (at: number) => void; reject: Done };
      if (failing.produce) {
        reject(failing.produce);
      } else {
        resolve(0);
      }
    },
  };
  const settings: ConnectionSettings = {
    clientId: 'app',
    bootstrapServers: ['a:1'],
    security: { kind: 'plaintext' },
  };
  const cluster = new Cluster(settings, keptLog().log, () => undefined);
  const connect = () => Promise.resolve(producer as unknown as Producer);
  return { steps, opened: new Transactions(cluster, 'tx-1', connect) };
}

const outputs = [{ topic: 'derived', record: { key: null, value: null, headers: [] } }];
const member = { consumer: {} as unknown as KafkaConsumer, owns: () => true };
const { signal } = new AbortController();

test('records and offsets are committed together', async () => {
  const { steps, opened } = transactions();
  await opened.open(signal);
  await opened.commit(outputs, [record(1, 'x')], member);
  assert.deepEqual(steps, ['init', 'begin', 'produce', 'offsets', 'commit']);
});

test('a record that could not be written aborts the transaction', async () => {
  const { steps, opened } = transactions({ produce: failure(ERRORS.ERR__MSG_TIMED_OUT) });
  await opened.open(signal);
  await assert.rejects(opened.commit(outputs, [record(1, 'x')], member), /something/);
  assert.deepEqual(steps, ['init', 'begin', 'produce', 'abort']);
});

test('a fenced producer, whose records were only purged, stops for good', async () => {
  const purged = failure(ERRORS.ERR__PURGE_QUEUE);
  const { opened } = transactions({ produce: purged, abort: failure(ERRORS.ERR__FENCED) });
  await opened.open(signal);
  await assert.rejects(opened.commit(outputs, [record(1, 'x')], member), KafkaRefused);
});

test('a producer whose transaction took too long is not called fenced, and starts anew', async (context) => {
  context.mock.timers.enable({ apis: ['Date'] });
  const { steps, opened } = transactions({
    produce: failure(ERRORS.ERR__PURGE_QUEUE),
    abort: failure(ERRORS.ERR__FENCED),
    onProduce: () => {
      context.mock.timers.tick(60_000);
    },
  });
  await opened.open(signal);
  await assert.rejects(opened.commit(outputs, [record(1, 'x')], member), /took too long/);
  await opened.open(signal);
  assert.equal(steps.at(-1), 'init');
});

test('one that is fenced while it starts has lost to another instance', async () => {
  const { opened } = transactions({ init: failure(ERRORS.ERR__FENCED) });
  await assert.rejects(opened.open(signal), KafkaRefused);
});

test('offsets of partitions that were taken away are not sent', async () => {
  const { steps, opened } = transactions();
  await opened.open(signal);
  const gone = { ...member, owns: () => false };
  await assert.rejects(opened.commit(outputs, [record(1, 'x')], gone), /took partitions/);
  assert.deepEqual(steps, ['init', 'begin', 'produce', 'abort']);
});

test('a missing right on the transactional id is told with its name', async () => {
  const { opened } = transactions({
    init: failure(ERRORS.ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED),
  });
  await assert.rejects(opened.open(signal), /the transactional id tx-1/);
});
