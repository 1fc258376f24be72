import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KafkaRefused } from '../../src/kafka/failures.ts';
import type { AddressedRecord, ConsumedRecord } from '../../src/kafka/records.ts';
import type { GroupMember } from '../../src/kafka/transactions.ts';
import { httpServer } from '../../src/service/http.ts';
import { transformerMetrics } from '../../src/service/metrics.ts';
import { addTransformerApi } from '../../src/transforming/api.ts';
import {
  Transformer,
  type TransactionalMembership,
  type TransformerOptions,
} from '../../src/transforming/transformer.ts';
import { keptLog } from '../support/kept-log.ts';
import { note, notes } from '../support/notes.ts';
import { record } from '../support/records.ts';
import { runUntil } from '../support/run-until.ts';

test('a batch is written with its offsets, and counted after that', async () => {
  const membership = new FakeMembership([[record(0, note(1)), record(1, 'poison')]]);
  const { transformer, metrics, committed } = transformerWith({ subscribe: () => membership });
  await runUntil(transformer, () => membership.moved.length > 0);
  assert.deepEqual(committed, [{ topics: ['events.derived', 'events.dlq'], offsets: [0n, 1n] }]);
  assert.deepEqual(transformer.stats(), { transformed: 1, deadLettered: 1 });
  const text = await metrics.registry.metrics();
  for (const line of [
    'app_transactions_total{outcome="committed"} 1',
    'app_transactions_total{outcome="aborted"} 0',
    'app_events_consumed_total{topic="events"} 2',
    'app_events_dead_lettered_total{error_class="Undecodable"} 1',
  ]) {
    assert.ok(text.includes(line), line);
  }
});

test('the transactional id is taken before the group is joined, each time', async () => {
  const steps: string[] = [];
  const lost = new FakeMembership([]);
  lost.poll = () => Promise.reject(new Error('rejoin failed'));
  const memberships = [lost, new FakeMembership([[record(0, note(1))]])];
  const { transformer } = transformerWith({
    subscribe: () => {
      steps.push('subscribe');
      return memberships.shift() ?? new FakeMembership([]);
    },
    transactions: {
      open: () => {
        steps.push('open');
        return Promise.resolve();
      },
      commit: () => Promise.resolve(),
      close: () => Promise.resolve(),
    },
  });
  await runUntil(transformer, () => transformer.stats().transformed === 1);
  assert.deepEqual(steps, ['open', 'subscribe', 'open', 'subscribe']);
});

test('an aborted transaction is read again with a new membership', async () => {
  const batch = [record(0, note(1))];
  const first = new FakeMembership([batch]);
  const second = new FakeMembership([batch]);
  const memberships = [first, second];
  let failures = 1;
  const { transformer, metrics } = transformerWith({
    subscribe: () => memberships.shift() ?? new FakeMembership([]),
    transactions: {
      open: () => Promise.resolve(),
      commit: () =>
        failures-- > 0 ? Promise.reject(new Error('no coordinator')) : Promise.resolve(),
      close: () => Promise.resolve(),
    },
  });
  await runUntil(transformer, () => second.moved.length > 0);
  assert.deepEqual(first.moved, []);
  assert.ok(first.closed);
  const aborted = (await metrics.transactions.get()).values.find(
    ({ labels }) => labels.outcome === 'aborted',
  );
  assert.equal(aborted?.value, 1);
});

test('an instance that was fenced ends', async () => {
  const { transformer } = transformerWith({
    subscribe: () => new FakeMembership([[record(0, note(1))]]),
    transactions: {
      open: () => Promise.resolve(),
      commit: () => Promise.reject(new KafkaRefused('fenced')),
      close: () => Promise.resolve(),
    },
  });
  await assert.rejects(transformer.start(), KafkaRefused);
});

test('it is not ready before it has a membership', () => {
  assert.equal(transformerWith({}).transformer.problem(), 'starting');
});

test('stats are answered over HTTP', async () => {
  const app = httpServer(transformerMetrics('events').registry, () => []);
  addTransformerApi(app, { stats: () => ({ transformed: 3, deadLettered: 1 }) });
  assert.deepEqual((await app.inject('/stats')).json(), { transformed: 3, deadLettered: 1 });
});

class FakeMembership implements TransactionalMembership {
  moved: ConsumedRecord[] = [];
  closed = false;
  readonly #batches: ConsumedRecord[][];

  constructor(batches: ConsumedRecord[][]) {
    this.#batches = batches;
  }

  open = () => Promise.resolve();
  problem = () => undefined;
  // Only handed on from here to the transaction.
  member = () => undefined as unknown as GroupMember;
  handle = (work: () => Promise<void>) => work();

  poll = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return this.#batches.shift() ?? [];
  };

  transacted = (records: readonly ConsumedRecord[]) => {
    this.moved.push(...records);
  };

  close = () => {
    this.closed = true;
    return Promise.resolve();
  };
}

function transformerWith(options: Partial<TransformerOptions>) {
  const metrics = transformerMetrics('events');
  const committed: { topics: string[]; offsets: bigint[] }[] = [];
  const transformer = new Transformer({
    target: {
      domain: notes,
      outputTopic: 'events.derived',
      deadLetterTopic: 'events.dlq',
      groupId: 'derivers',
    },
    topic: 'events',
    maxPollRecords: 500,
    subscribe: () => new FakeMembership([]),
    transactions: {
      open: () => Promise.resolve(),
      commit: (outputs: readonly AddressedRecord[], read: readonly ConsumedRecord[]) => {
        committed.push({
          topics: outputs.map(({ topic }) => topic),
          offsets: read.map(({ offset }) => offset),
        });
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    },
    metrics,
    log: keptLog().log,
    ...options,
  });
  return { transformer, metrics, committed };
}
