import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { capacity, type Load } from '../../src/planner/capacity.ts';
import { krafter } from '../support/krafter.ts';

const load: Load = {
  throughput: 300e6,
  perPartition: 10e6,
  consumers: 24,
  groups: 1,
  retentionMs: 7 * 86_400_000,
  replication: 3,
  peakFactor: 1,
  growth: 0,
  floor: 6,
};

test('partitions are the larger of throughput over throughput per partition and the consumers', () => {
  assert.equal(capacity(load).partitions.partitions, 30);
  assert.equal(capacity({ ...load, consumers: 36 }).partitions.partitions, 36);
  assert.equal(capacity({ ...load, throughput: 1e6, consumers: 2 }).partitions.partitions, 6);
});

test('disk holds the retention of every copy with room to spare', () => {
  const { disk } = capacity(load);
  assert.equal(Math.round(disk.total / 1e12), Math.round((300e6 * 604_800 * 3) / 0.6 / 1e12));
});

test('more load never needs less', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 1e10, noNaN: true }),
      fc.double({ min: 1, max: 10, noNaN: true }),
      (throughput, factor) => {
        const small = capacity({ ...load, throughput });
        const large = capacity({ ...load, throughput: throughput * factor });
        assert.ok(large.partitions.partitions >= small.partitions.partitions);
        assert.ok(large.brokers.count >= small.brokers.count);
        assert.ok(large.disk.total >= small.disk.total);
      },
    ),
  );
});

test('krafter plan answers 30 for 300 MB/s at 10 MB/s a partition and 24 consumers', async () => {
  const ran = await krafter([
    'plan',
    '--throughput',
    '300MB/s',
    '--per-partition',
    '10MB/s',
    '--consumers',
    '24',
    '--json',
  ]);
  const { topics } = JSON.parse(ran.out) as { topics: { partitions: number }[] };
  assert.equal(ran.code, 0);
  assert.equal(topics[0]?.partitions, 30);
});

test('a rate that can not be read is refused with an example', async () => {
  const ran = await krafter(['plan', '--throughput', 'lots']);
  assert.equal(ran.code, 2);
  assert.match(ran.err, /--throughput 10MB\/s/);
  assert.equal(ran.out, '');
});
