/** The law of law.test.ts, over real platforms: what a blueprint changes, and what a person does. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import fc from 'fast-check';
import { parseBlueprint } from '../../src/blueprint/load.ts';
import type { Blueprint } from '../../src/blueprint/schema.ts';
import { blueprintFile, blueprintText } from '../../src/blueprint/write.ts';
import { useCaseIds } from '../../src/catalog/choices.ts';
import { offerPath } from '../../src/project/paths.ts';
import { parseLock } from '../../src/project/read-lock.ts';
import { synthesize } from '../../src/synthesis.ts';
import { draft } from '../blueprint/drafts.ts';
import { edit, filesOf, lost, make } from './person.ts';
import { read, synth, tree } from './project-folder.ts';

const retention = fc.constantFrom('12h', '3d', '7d');
const partitions = fc.constantFrom(1, 6, 12);

/** What a person changes in krafter.yaml at a time: some of it. */
const change = fc.record(
  {
    brokers: fc.constantFrom(1, 3, 4, 5),
    security: fc.constantFrom('none', 'scram'),
    monitoring: fc.constantFrom('none', 'prometheus', 'grafana'),
    deploy: fc.constantFrom('compose', 'bare-metal'),
    name: fc.constantFrom('shop', 'store'),
    heap: fc.constantFrom('512m', '1g', '4g'),
    externalPort: fc.constantFrom(29_092, 39_092),
    servicePort: fc.constantFrom(8080, 8180),
    producer: fc.constantFrom(undefined, 'collector'),
    topicVersion: fc.constantFrom('v1', 'v2'),
    partitions,
    retention,
    topics: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('orders', 'payments.v1', 'clicks_raw'),
        partitions,
        retention: fc.option(retention, { nil: undefined }),
      }),
      { selector: ({ name }) => name, maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const life = fc.record({
  useCase: fc.constantFrom(...useCaseIds),
  language: fc.constantFrom('python', 'node'),
  rounds: fc.array(
    fc.record({
      change,
      edits: fc.array(edit, { maxLength: 8 }),
      conflicts: fc.constantFrom('beside', 'beside', 'markers'),
    }),
    { minLength: 2, maxLength: 4 },
  ),
});
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

const full = process.env.KRAFTER_FULL === '1';
const limit = full
  ? { numRuns: 1000 }
  : { numRuns: 300, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false };

it('a real project loses no line of a person, and a second synth does nothing', async (t) => {
  const disk = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'krafter-law-'));
  t.after(() => rmSync(disk, { recursive: true, force: true }));
  const seen = { create: 0, unchanged: 0, update: 0, merge: 0, delete: 0, conflict: 0 };
  let lives = 0;
  const property = fc.asyncProperty(life, async ({ useCase, language, rounds }) => {
    const folder = join(disk, `life-${lives++}`);
    let state: Change = {};
    let word = 0;
    for (const { change, edits, conflicts } of rounds) {
      const isBorn = existsSync(folder);
      const written = isBorn ? filesOf(folder) : [];
      for (const one of isBorn ? edits : []) make(folder, one, `mine${word++}`, lively);
      state = { ...state, ...change };
      const text = blueprintText(blueprintOf(useCase, language, state));
      if (isBorn) writeFileSync(join(folder, blueprintFile), text);
      const artifacts = synthesize(parseBlueprint(text, blueprintFile), text);

      const before = isBorn ? tree(folder) : {};
      const bases = isBorn ? basesOf(folder) : new Set<string>();
      const report = await synth(folder, artifacts, { conflicts });
      const after = tree(folder);
      for (const [path, text] of Object.entries(before))
        assert.deepEqual(lost(text, after[path] ?? ''), [], `lost in ${path}`);
      for (const path of written)
        if (!(path in before) && bases.has(path)) assert.ok(!(path in after), `${path} came back`);
      for (const { path, action, reason = '' } of report.files) {
        seen[action] += 1;
        const ours = artifacts.find((artifact) => artifact.path === path);
        if (action === 'create') assert.equal(read(folder, path), ours?.content, path);
        if (action === 'update')
          assert.equal(read(folder, path).replaceAll('\r\n', '\n'), ours?.content, path);
        if (action === 'conflict' && conflicts === 'beside') {
          assert.equal(after[path], before[path], `${path} is untouched`);
          const told = /left alone|still has conflict markers/.test(reason);
          assert.ok(told || offerPath(path) in after, `${path}: ${reason}`);
        }
      }
      const again = await synth(folder, artifacts, { conflicts });
      assert.deepEqual(tree(folder), after, 'the second synth changed the disk');
      const { create, update, merge, delete: deleted } = again.totals;
      assert.equal(create + update + merge + deleted, 0, JSON.stringify(again.files));
    }
    rmSync(folder, { recursive: true });
  });
  await fc.assert(property, limit);
  t.diagnostic(`${lives} lives: ${JSON.stringify(seen)}`);
  for (const [action, count] of Object.entries(seen)) assert.ok(count > 0, action);
});

/** Half of the edits where a blueprint changes most; krafter.yaml is the blueprint itself. */
function lively(paths: string[], file: number): string | undefined {
  const all = paths.filter((path) => path !== blueprintFile);
  const some = file % 2 === 0 ? all : all.filter((path) => mostChanged.test(path));
  return some[Math.floor(file / 2) % some.length];
}

const mostChanged =
  /^(README\.md|compose\.yaml|kafka\/|clients\/|topics\/topics\.conf|monitoring\/|bare-metal\/.*(conf|env|service|properties|md))/;

/** Files whose text krafter knows: one that is deleted then stays so. */
function basesOf(folder: string): Set<string> {
  const { files } = parseLock(readFileSync(join(folder, 'krafter.lock.json'), 'utf8'));
  return new Set(
    [...files].flatMap(([path, entry]) => (entry.ownership === 'once' || entry.base ? [path] : [])),
  );
}

function blueprintOf(
  useCase: Life['useCase'],
  language: Life['language'],
  { brokers = 3, topicVersion = 'v1', producer, servicePort, topics = [], ...state }: Change,
): Blueprint {
  const { name = 'shop', security = 'scram', monitoring = 'grafana', deploy = 'compose' } = state;
  const tier = brokers === 1 ? 1 : 2;
  const drafted = draft({ useCase, language, tier, name, security, monitoring, deploy });
  const { heap = drafted.cluster.heap, externalPort = drafted.cluster.externalPort } = state;
  const [main, ...others] = drafted.topics;
  if (!main) throw new Error('a draft has a topic');
  const [first, second] = drafted.services;
  const blueprint: Blueprint = {
    ...drafted,
    client: language === 'node' ? 'platformatic-kafka' : 'confluent-kafka',
    cluster: {
      id: 'dQCsQhf51Lte8gH2IadNMQ',
      brokers,
      heap,
      disk: drafted.cluster.disk,
      externalPort,
      ...(deploy === 'bare-metal'
        ? { hosts: Array.from({ length: brokers }, (_, index) => `kafka-${index + 1}.internal`) }
        : {}),
    },
    topics: [
      {
        ...main,
        partitions: state.partitions ?? main.partitions,
        ...(main.retention ? { retention: state.retention ?? main.retention } : {}),
      },
      ...others,
      ...topics.map((topic) => ({ cleanup: 'delete' as const, ...topic })),
    ],
    services: [first, second].flatMap((service, index) =>
      service ? [{ ...service, port: (servicePort ?? 8080) + index }] : [],
    ),
  };
  const renamed = JSON.stringify(blueprint).replaceAll(`.v1"`, `.${topicVersion}"`);
  return JSON.parse(
    producer && first ? renamed.replaceAll(`"${first.name}"`, `"${producer}"`) : renamed,
  );
}
