import { ProtocolError, type Consumer, type Producer } from '@platformatic/kafka';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cluster } from '../../src/kafka/cluster.ts';
import { KafkaRefused } from '../../src/kafka/failures.ts';
import { Transactions } from '../../src/kafka/transactions.ts';
import type { ConnectionSettings } from '../../src/service/connection-settings.ts';
import { keptLog } from '../support/kept-log.ts';
import { record } from '../support/records.ts';

type Step = 'begin' | 'send' | 'offset' | 'commit' | 'abort';

/** Notes the steps, and runs what the test says at each of them. */
function transactions(at: Partial<Record<Step, () => void>> = {}) {
  const steps: Step[] = [];
  const identities: unknown[] = [];
  const generations: unknown[] = [];
  const step = (name: Step) =>
    new Promise<undefined>((resolve) => {
      steps.push(name);
      at[name]?.();
      resolve(undefined);
    });
  const transaction = {
    send: () => step('send'),
    addConsumer: () => Promise.resolve(),
    addOffset: ({ metadata }: { metadata: { consumer: Consumer } }) => {
      generations.push(metadata.consumer.generationId);
      return step('offset');
    },
    commit: () => step('commit'),
    abort: () => step('abort'),
  };
  const producer = {
    producerId: 7n,
    producerEpoch: 3,
    metadata: () => Promise.resolve({ topics: new Map([['derived', { partitionsCount: 1 }]]) }),
    beginTransaction: async (identity: { producerId?: bigint }) => {
      identities.push(identity.producerId);
      await step('begin');
      return transaction;
    },
    close: () => Promise.resolve(),
  } as unknown as Producer;
  const settings: ConnectionSettings = {
    clientId: 'app',
    bootstrapServers: ['a:1'],
    security: { kind: 'plaintext' },
  };
  const cluster = new Cluster(settings, keptLog().log, () => undefined);
  const opened = new Transactions(cluster, 'tx-1', () => producer);
  return { steps, identities, generations, opened };
}

function failing(code: ConstructorParameters<typeof ProtocolError>[0]) {
  return () => {
    throw new ProtocolError(code);
  };
}

const record0 = { key: null, value: Buffer.from('x'), headers: [] };
const outputs = [{ topic: 'derived', record: record0 }];
const member = { generationId: 5 } as unknown as Consumer;
const { signal } = new AbortController();

test('records and offsets are committed together', async () => {
  const { steps, opened } = transactions();
  await opened.open(signal);
  await opened.commit(outputs, [record(1, 'x')], member);
  assert.deepEqual(steps, ['begin', 'send', 'offset', 'commit']);
});

test('the offsets are those of the generation that read, also after a rebalance', async () => {
  const reader = { generationId: 5 };
  const { generations, opened } = transactions({
    send: () => {
      reader.generationId = 6;
    },
  });
  await opened.open(signal);
  await opened.commit(outputs, [record(1, 'x')], reader as unknown as Consumer);
  assert.deepEqual(generations, [5]);
});

test('after a failure the same producer id goes on, whatever became of the abort', async () => {
  const { steps, identities, opened } = transactions({
    commit: failing('NOT_COORDINATOR'),
    abort: failing('INVALID_TXN_STATE'),
  });
  await opened.open(signal);
  await assert.rejects(opened.commit(outputs, [record(1, 'x')], member));
  await opened.open(signal);
  assert.deepEqual(steps.slice(-2), ['abort', 'begin']);
  assert.deepEqual(identities, [-1n, 7n]);
});

test('a producer that is fenced has lost to another instance', async () => {
  const { opened } = transactions({ send: failing('INVALID_PRODUCER_EPOCH') });
  await opened.open(signal);
  await assert.rejects(opened.commit(outputs, [record(1, 'x')], member), KafkaRefused);
});

test('a producer whose transaction took too long is not called fenced, and starts anew', async (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: 1e12 });
  const { identities, opened } = transactions({
    send: () => {
      context.mock.timers.tick(60_000);
      failing('INVALID_PRODUCER_EPOCH')();
    },
    abort: failing('PRODUCER_FENCED'),
  });
  await opened.open(signal);
  await assert.rejects(
    opened.commit(outputs, [record(1, 'x')], member),
    (error) => !(error instanceof KafkaRefused),
  );
  await opened.open(signal);
  assert.deepEqual(identities, [-1n, -1n]);
});
