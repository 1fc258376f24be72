import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { type Artifact, managed } from '../../src/artifacts/artifact.ts';
import { edit, lost, make } from './person.ts';
import { read, synth, tree } from './project-folder.ts';

// What a blueprint says, as far as files depend on it.
const platform = fc.record({
  brokers: fc.integer({ min: 1, max: 3 }),
  heap: fc.constantFrom('512m', '1g', '4g'),
  port: fc.constantFrom(9092, 9094),
  replicas: fc.integer({ min: 1, max: 3 }),
  secured: fc.boolean(),
  dashboards: fc.boolean(),
  topics: fc.uniqueArray(fc.constantFrom('orders', 'payments', 'clicks', 'audit'), {
    minLength: 1,
  }),
});
type Platform = typeof platform extends fc.Arbitrary<infer T> ? T : never;

const rounds = fc.array(
  fc.record({
    platform,
    edits: fc.array(edit, { maxLength: 5 }),
    conflicts: fc.constantFrom('beside', 'beside', 'markers'),
  }),
  { minLength: 2, maxLength: 4 },
);

const runs = 1000;

it(`no line of a person is lost, and a second synth does nothing (${runs} lives of projects)`, async (t) => {
  const disk = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'krafter-law-'));
  t.after(() => rmSync(disk, { recursive: true, force: true }));
  const seen = { create: 0, unchanged: 0, update: 0, merge: 0, delete: 0, conflict: 0 };
  let life = 0;
  const property = fc.asyncProperty(rounds, async (rounds) => {
    const folder = join(disk, `life-${life++}`);
    let word = 0;
    for (const { platform, edits, conflicts } of rounds) {
      for (const one of edits) if (existsSync(folder)) make(folder, one, `mine${word++}`);
      const before = existsSync(folder) ? tree(folder) : {};
      const artifacts = generate(platform);
      const report = await synth(folder, artifacts, { conflicts });
      const after = tree(folder);
      for (const [path, text] of Object.entries(before))
        assert.deepEqual(lost(text, after[path] ?? ''), [], `lost in ${path}`);
      for (const { path, action } of report.files) {
        seen[action] += 1;
        const ours = artifacts.find((artifact) => artifact.path === path)?.content;
        if (action === 'create') assert.equal(read(folder, path), ours);
        if (action === 'update') assert.equal(read(folder, path).replaceAll('\r\n', '\n'), ours);
      }
      const again = await synth(folder, artifacts, { conflicts });
      assert.deepEqual(tree(folder), after, 'the second synth changed the disk');
      const { create, update, merge, delete: deleted } = again.totals;
      assert.equal(create + update + merge + deleted, 0, JSON.stringify(again.files));
    }
    rmSync(folder, { recursive: true });
  });
  await fc.assert(property, { numRuns: runs });
  t.diagnostic(JSON.stringify(seen));
  for (const [action, count] of Object.entries(seen)) assert.ok(count > runs / 10, action);
});

/** Files as krafter generates them: each format, with reasons as comments. */
function generate(platform: Platform): Artifact[] {
  const { brokers, heap, port, replicas, secured, dashboards, topics } = platform;
  const ids = Array.from({ length: brokers }, (_, index) => index + 1);
  const files = [
    managed('README.md', readme(platform)),
    managed(
      'start.sh',
      `#!/bin/sh\nset -eu\nexport HEAP=${heap}\n\nexec run --port ${port}\n`,
      0o755,
    ),
    managed('compose.yaml', compose(platform)),
    ...ids.map((id) => managed(`kafka/broker-${id}.properties`, properties(id, platform))),
    ...topics.map((name) =>
      managed(
        `topics/${name}.yaml`,
        stringify({ name, partitions: 6, replicas, config: { 'retention.ms': 1000 } }),
      ),
    ),
    { path: 'app/main.py', content: `PORT = ${port}\n`, mode: 0o644, ownership: 'once' as const },
  ];
  const admin = {
    path: 'secrets/admin',
    content: 'secret\n',
    mode: 0o600,
    ownership: 'secret' as const,
  };
  return [
    ...files,
    ...(dashboards ? [managed('grafana/kafka.json', dashboard(platform))] : []),
    ...(secured ? [admin] : []),
  ];
}

const readme = ({ heap, port, topics }: Platform) => `# Orders

Listens on ${port}, with a heap of ${heap}.

${topics.map((name) => `- ${name}`).join('\n')}

Stop it with \`krafter down\`.
`;

const properties = (id: number, { port, replicas, secured }: Platform) => `# Broker ${id}
node.id=${id}
listeners=${secured ? 'SASL_SSL' : 'PLAINTEXT'}://:${port}
${secured ? '\n# Without an authorizer everyone may do everything\nauthorizer.class.name=StandardAuthorizer\n' : ''}
# Fewer would lose records with the broker that has them
default.replication.factor=${replicas}
offsets.topic.replication.factor=${replicas}
unclean.leader.election.enable=false
`;

const compose = ({ brokers, heap, port, secured }: Platform) => `# Written by krafter
services:
${Array.from(
  { length: brokers },
  (_, index) => `  kafka-${index + 1}:
    image: apache/kafka:4.3.1
    # The rest of the memory is for the page cache
    environment:
      KAFKA_HEAP_OPTS: -Xmx${heap}
    ports:
      - "${port + index}:${port}"${secured ? '\n    volumes:\n      - ./secrets:/secrets:ro' : ''}
`,
).join('')}networks:
  default:
    name: orders
`;

const dashboard = ({ topics, port, replicas }: Platform) =>
  `${JSON.stringify(
    {
      title: 'Kafka',
      port,
      panels: topics.map((name, id) => ({ id, title: name, targets: [{ expr: `rate(${name})` }] })),
      thresholds: { replicas, lag: 1000 },
    },
    null,
    2,
  )}\n`;
