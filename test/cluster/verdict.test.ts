import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrokerHealth, HealthFacts } from '../../src/cluster/health.ts';
import { verdictOf } from '../../src/cluster/verdict.ts';

const broker = (id: number, more: Partial<BrokerHealth> = {}): BrokerHealth => ({
  id,
  address: { host: 'b', port: id },
  rack: null,
  state: 'running',
  leaders: 1,
  replicas: 3,
  logDirs: [{ path: '/data', volume: { totalBytes: 1000, usableBytes: 400 } }],
  ...more,
});

const well: HealthFacts = {
  clusterId: 'c',
  features: new Map([['metadata.version', 30]]),
  supported: new Map([['metadata.version', 30]]),
  brokers: [broker(1), broker(2), broker(3)],
  quorum: {
    leader: 1,
    epoch: 1,
    highWatermark: 9,
    voters: [1, 2, 3].map((id) => ({ id, lag: 0, behindMs: 0 })),
    observers: [],
  },
  topics: 1,
  partitions: 3,
  counts: { offline: 0, underMinIsr: 0, atMinIsr: 0, underReplicated: 0, notPreferred: 0 },
  troubled: [],
  withoutMinIsr: new Map(),
  unseen: [],
};
const counts = (more: Partial<HealthFacts['counts']>) => ({ ...well.counts, ...more });
const fullDisk = [{ path: '/data', volume: { totalBytes: 1000, usableBytes: 100 } }];

const cases: readonly (readonly [
  name: string,
  facts: Partial<HealthFacts>,
  verdict: string,
  reason: RegExp,
])[] = [
  ['nothing is wrong', {}, 'healthy', /^$/],
  [
    'every partition is offline',
    { counts: counts({ offline: 3 }) },
    'down',
    /3 partitions without/,
  ],
  ['one of three is', { counts: counts({ offline: 1 }) }, 'degraded', /1 partition without/],
  [
    'no broker runs',
    { brokers: [broker(1, { state: 'silent' }), broker(2, { state: 'fenced' })] },
    'down',
    /broker 2 fenced.*broker 1 not answering/,
  ],
  [
    'a disk is nearly full',
    { brokers: [broker(1), broker(2, { logDirs: fullDisk })] },
    'degraded',
    /directory 1 of broker 2 is 90 % full/,
  ],
  [
    'a log directory is offline',
    { brokers: [broker(1, { logDirs: [{ path: '/data', error: 'KAFKA_STORAGE_ERROR' }] })] },
    'degraded',
    /offline \(KAFKA_STORAGE_ERROR\)/,
  ],
  [
    'a controller is late',
    {
      quorum: {
        leader: 1,
        epoch: 1,
        highWatermark: 9,
        voters: [
          { id: 1, lag: 0 },
          { id: 2, lag: 5, behindMs: 20_000 },
          { id: 3, lag: 0 },
        ],
        observers: [],
      },
    },
    'degraded',
    /controller 2 behind: 0 more may fail/,
  ],
  [
    'no controller answers',
    { unseen: [{ what: 'controller quorum', why: 'no controller answers' }] },
    'degraded',
    /nothing can be altered/,
  ],
  [
    'rights are missing',
    { unseen: [{ what: 'controller quorum', why: 'no right to it' }] },
    'healthy',
    /^$/,
  ],
];

for (const [name, facts, verdict, reason] of cases)
  test(`${name}: ${verdict}`, () => {
    const found = verdictOf({ ...well, ...facts });
    assert.equal(found.verdict, verdict);
    assert.match(found.reasons.join('; '), reason);
  });

test('what is no trouble yet is a note', () => {
  const { verdict, notes } = verdictOf({
    ...well,
    counts: counts({ notPreferred: 2 }),
    features: new Map([['metadata.version', 28]]),
  });
  assert.equal(verdict, 'healthy');
  assert.match(notes.join('; '), /2 partitions of 3 not led.*upgrade is not finalised/);
});
