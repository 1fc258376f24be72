import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { blueprintText } from '../../src/blueprint/write.ts';
import { useCaseIds } from '../../src/catalog/choices.ts';
import { useCases } from '../../src/catalog/use-cases/index.ts';
import { capacity, capacityTogether, type Load } from '../../src/planner/capacity.ts';
import { draft } from '../blueprint/drafts.ts';
import { krafter, mustRun } from '../support/krafter.ts';

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
  assert.equal(
    Math.round((disk?.total ?? 0) / 1e12),
    Math.round((300e6 * 604_800 * 3) / 0.6 / 1e12),
  );
});

test('a peak needs partitions and network, and no disk of its own', () => {
  const calm = capacity(load);
  const busy = capacity({ ...load, peakFactor: 3 });
  assert.equal(busy.partitions.partitions, 3 * calm.partitions.partitions);
  assert.deepEqual(busy.disk?.total, calm.disk?.total);
});

test('a compacted topic has no disk that follows from its load', () => {
  const { disk, brokers } = capacity({ ...load, retentionMs: undefined });
  assert.equal(disk, null);
  assert.deepEqual(brokers, { count: 3, reason: '3 copies decide' });
});

test('topics on the same brokers need them together, and too few are told', () => {
  const third = { ...load, throughput: 1.3e6 };
  const cluster = { brokers: 3, heap: 2 ** 30 };
  assert.deepEqual(capacity(third, cluster).warnings, []);
  const together = capacityTogether([third, third, third, third], cluster);
  assert.equal(together.brokers.count, 4);
  assert.match(together.warnings.join(), /4 brokers are needed \(disk decides\); there are 3/);
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
        assert.ok((large.disk?.total ?? 0) >= (small.disk?.total ?? 1));
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

describe('krafter plan in a project', () => {
  type Answer = {
    topics: {
      name: string;
      partitions: number;
      peakThroughput: number;
      brokers: { count: number };
      disk: { total: number; perBroker: number } | null;
      memory: { heap: number };
      warnings: string[];
    }[];
    withoutLoad: string[];
  };
  const plan = async (folder: string, ...flags: string[]): Promise<Answer> =>
    JSON.parse((await mustRun(['plan', folder, '--json', ...flags])).out);

  for (const useCase of useCaseIds) {
    for (const tier of [1, 2] as const) {
      test(`says of tier ${tier}, ${useCase} what the project has`, async (t) => {
        const folder = mkdtempSync(join(tmpdir(), 'krafter-plan-'));
        t.after(() => rmSync(folder, { recursive: true, force: true }));
        const blueprint = draft({ useCase, tier });
        writeFileSync(join(folder, 'krafter.yaml'), blueprintText(blueprint));
        const [topic] = blueprint.topics;
        const { load, retentionDays: days } = {
          ...useCases[useCase],
          ...useCases[useCase].topic,
        };
        const average = load.eventsPerSecond * load.bytesPerEvent * (tier === 1 ? 0.01 : 1);

        const [planned, ...others] = (await plan(folder)).topics;
        assert.equal(others.length, 0);
        assert.equal(planned?.name, topic?.name);
        assert.equal(planned?.partitions, topic?.partitions);
        assert.equal(planned?.brokers.count, blueprint.cluster.brokers);
        assert.equal(planned?.memory.heap, (tier === 1 ? 512 : 1024) * 2 ** 20);
        assert.ok(isNear(planned?.peakThroughput, average * load.peakFactor));
        assert.deepEqual(
          planned?.warnings.filter((text) => !text.startsWith('1 copy')),
          [],
        );
        if (days === undefined) return assert.equal(planned?.disk, null);
        const copies = Math.min(3, blueprint.cluster.brokers);
        assert.ok(isNear(planned?.disk?.total, (average * days * 86_400 * copies) / 0.6));
        assert.ok((planned?.disk?.perBroker ?? 0) < 4e12, 'a disk that a broker can have');
      });
    }
  }

  test('takes flags over what krafter.yaml says, and tells where it has other partitions', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'krafter-plan-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'krafter.yaml'), blueprintText(draft({ tier: 2 })));
    const [usual] = (await plan(folder)).topics;
    const [longer] = (await plan(folder, '--retention', '14d', '--consumers', '12')).topics;
    assert.equal(longer?.disk?.total, 2 * (usual?.disk?.total ?? 0));
    assert.equal(longer?.partitions, 12);
    assert.match(longer?.warnings.join() ?? '', /krafter\.yaml has 6 partitions, not 12/);
  });

  test('names the topics that have no load, and so are not counted', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'krafter-plan-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const blueprint = draft({ tier: 2 });
    writeFileSync(join(folder, 'krafter.yaml'), blueprintText(blueprint));
    const without = blueprint.topics.filter(({ load }) => !load).map(({ name }) => name);
    assert.ok(without.length > 0);
    assert.deepEqual((await plan(folder)).withoutLoad, without);
    const { out } = await mustRun(['plan', folder]);
    assert.ok(
      out.endsWith(`\nnot counted, without a load in krafter.yaml: ${without.join(', ')}`),
      out,
    );
  });

  test('refuses when no topic has a load', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'krafter-plan-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const text = blueprintText(draft()).replace(/ {4}load:\n( {6}.*\n)+/, '');
    writeFileSync(join(folder, 'krafter.yaml'), text);
    const ran = await krafter(['plan', folder]);
    assert.equal(ran.code, 2);
    assert.match(ran.err, /No topic of this project has a load/);
  });

  const isNear = (value: number | undefined, wanted: number) =>
    Math.abs((value ?? 0) / wanted - 1) < 0.01;
});
