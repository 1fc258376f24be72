/** How many brokers a Compose file runs: several are production. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { infer } from '../../../src/answers/inference/index.ts';
import { synthesize } from '../../../src/synthesis.ts';
import { everyDraft } from '../../blueprint/drafts.ts';

/** What is said of its brokers. */
async function brokersOf(compose: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'krafter-inference-'));
  try {
    writeFileSync(join(folder, 'compose.yaml'), compose);
    const { findings } = await infer(folder);
    return findings.map(({ why }) => why).filter((why) => /^runs .* brokers?$/.test(why));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const broker = `services:
  kafka:
    image: apache/kafka:4.1.0
    environment:
      KAFKA_NODE_ID: 1
`;

const beside: readonly (readonly [what: string, service: string])[] = [
  [
    'a script of its own',
    `  kafka-init:
    image: apache/kafka:4.1.0
    depends_on: [kafka]
    entrypoint: [/bin/bash, /scripts/topics.sh]
    volumes: [./scripts:/scripts]
`,
  ],
  [
    "Kafka's tools",
    `  topics:
    image: apache/kafka:4.1.0
    command: sh -c "/opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka:9092 --create --topic orders"
`,
  ],
  [
    'what another service waits for',
    `  prepare:
    image: apache/kafka:4.1.0
    environment:
      KAFKA_NODE_ID: 1
  api:
    build: .
    depends_on:
      prepare: { condition: service_completed_successfully }
`,
  ],
];
for (const [what, service] of beside) {
  test(`${what} on Kafka's image is no second broker`, async () =>
    assert.deepEqual(await brokersOf(broker + service), ['runs a single broker']));
}

for (const [what, service] of [
  ['by its settings', '    environment:\n      KAFKA_NODE_ID: 2\n    command: /own/boot.sh\n'],
  [
    'by what it starts',
    '    command: /opt/kafka/bin/kafka-server-start.sh /etc/kafka.properties\n',
  ],
  ['by its port', '    command: /own/boot.sh\n    ports: ["9094:9092"]\n'],
  ['by nothing but its image', ''],
] as const) {
  test(`a second broker is known ${what}`, async () =>
    assert.deepEqual(
      await brokersOf(`${broker}  kafka-2:\n    image: apache/kafka:4.1.0\n${service}`),
      ['runs 2 brokers'],
    ));
}

for (const blueprint of everyDraft('streaming').filter(({ deploy }) => deploy === 'compose')) {
  const { tier, security, monitoring } = blueprint;
  test(`krafter's own compose.yaml has the brokers of tier ${tier}, security ${security}, monitoring ${monitoring}`, async () => {
    const compose = synthesize(blueprint, '').find(({ path }) => path === 'compose.yaml');
    assert.deepEqual(await brokersOf(compose?.content ?? ''), [
      tier === 1 ? 'runs a single broker' : 'runs 3 brokers',
    ]);
  });
}
