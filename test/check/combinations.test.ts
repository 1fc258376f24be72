/**
 * Random combinations of settings that bear on each other, against Kafka's own classes: what they
 * refuse krafter refuses, and nothing else. KRAFTER_FULL=1 is 5,000 of each kind.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { execa } from 'execa';
import fc from 'fast-check';
import type { Kind } from '../../src/catalog/kafka-keys/key.ts';
import { check } from '../../src/check/check.ts';
import { proveJava } from '../../src/cli/check-prove.ts';
import { kafkaDistribution } from '../../src/engine/native/distribution.ts';
import { findJava } from '../../src/engine/native/java.ts';
import { landscapeOfTexts } from '../landscape/facts.ts';
import { taken } from './taken.ts';

const full = process.env.KRAFTER_FULL === '1';
/** A producer is really made, and takes its time to go. */
const times = (kind: Kind) => (full ? 5_000 : kind === 'producer' ? 300 : 1_500);

type Choices = Readonly<Record<string, readonly (string | undefined)[]>>;

/** Undefined is not set. The first is taken most often, so that few things are wrong at once. */
const subjects: Readonly<Record<string, { kind: Kind; file: string; choices: Choices }>> = {
  producer: {
    kind: 'producer',
    file: 'producer.properties',
    choices: {
      acks: [undefined, undefined, 'all', '-1', '1', '0'],
      'enable.idempotence': [undefined, undefined, 'true', 'false'],
      retries: [undefined, undefined, '0', '3'],
      'max.in.flight.requests.per.connection': [undefined, undefined, '1', '5', '6'],
      'delivery.timeout.ms': [undefined, undefined, '100', '30005', '120000'],
      'request.timeout.ms': [undefined, undefined, '100', '30000', '200000'],
      'linger.ms': [undefined, '0', '5', '200000'],
      'transactional.id': [undefined, undefined, 'shop-1'],
      'transaction.timeout.ms': [undefined, '60000', '900001'],
      'transaction.two.phase.commit.enable': [undefined, undefined, 'true', 'false'],
      'batch.size': [undefined, '0', '16384'],
      'buffer.memory': [undefined, '1000', '33554432'],
      'compression.type': [undefined, 'none', 'zstd', 'brotli'],
      'retry.backoff.ms': [undefined, '100', '5000'],
      'retry.backoff.max.ms': [undefined, '1000'],
    },
  },
  consumer: {
    kind: 'consumer',
    file: 'consumer.properties',
    choices: {
      // Without one in the file it may well be in the program.
      'group.id': ['shop'],
      'group.protocol': [undefined, undefined, 'classic', 'consumer'],
      'session.timeout.ms': [undefined, undefined, '10000', '45000'],
      'heartbeat.interval.ms': [undefined, undefined, '3000', '60000'],
      'partition.assignment.strategy': [
        undefined,
        undefined,
        'org.apache.kafka.clients.consumer.CooperativeStickyAssignor',
      ],
      'group.remote.assignor': [undefined, undefined, 'uniform'],
      'group.instance.id': [undefined, undefined, 'shop-1'],
      'enable.auto.commit': [undefined, 'true', 'false'],
      'auto.offset.reset': [undefined, 'earliest', 'none', 'by_duration:PT1H', 'by_duration:1h'],
      'isolation.level': [undefined, 'read_committed', 'committed'],
      'fetch.min.bytes': [undefined, '1', '-1'],
      'max.poll.records': [undefined, '500', '0'],
      'max.poll.interval.ms': [undefined, '300000', '1000'],
    },
  },
  broker: {
    kind: 'broker',
    file: 'server.properties',
    choices: {
      'process.roles': [
        'broker,controller',
        'broker,controller',
        'broker',
        'controller',
        undefined,
      ],
      'node.id': ['1', '1', '1', '2', undefined],
      'controller.quorum.voters': [undefined, undefined, '1@localhost:9093', 'localhost:9093'],
      'controller.quorum.bootstrap.servers': ['localhost:9093', 'localhost:9093', undefined],
      listeners: [
        'PLAINTEXT://:9092,CONTROLLER://:9093',
        'PLAINTEXT://:9092,CONTROLLER://:9093',
        'PLAINTEXT://:9092',
        'CONTROLLER://:9093',
        'PLAINTEXT://:9092,CONTROLLER://:9092',
        undefined,
      ],
      'controller.listener.names': ['CONTROLLER', 'CONTROLLER', 'PLAINTEXT', 'OTHER', undefined],
      'advertised.listeners': [
        undefined,
        undefined,
        'PLAINTEXT://kafka:9092',
        'PLAINTEXT://0.0.0.0:9092',
        'OUTSIDE://kafka:9092',
      ],
      'listener.security.protocol.map': [
        undefined,
        'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
        'PLAINTEXT:PLAINTEXT',
        'CONTROLLER:SSL,PLAINTEXT:SSL',
      ],
      'inter.broker.listener.name': [undefined, undefined, undefined, 'PLAINTEXT', 'INSIDE'],
      'security.inter.broker.protocol': [undefined, undefined, undefined, 'PLAINTEXT', 'SSL'],
      'log.dirs': ['/var/lib/kafka'],
      'replica.fetch.wait.max.ms': [undefined, undefined, undefined, '500', '40000'],
      'replica.lag.time.max.ms': [undefined, undefined, undefined, '30000', '400'],
      'replica.socket.timeout.ms': [undefined, undefined, '30000', '100'],
      'connection.failed.authentication.delay.ms': [undefined, undefined, undefined, '700000'],
      'queued.max.request.bytes': [undefined, undefined, undefined, '1000'],
      'message.max.bytes': [undefined, '1048588', '200000000'],
    },
  },
};

/** A node without an id and a quorum is a part of a file: the rest comes with its start. */
const isWhole = (text: string) => /^(node\.id|controller\.quorum\.\w+(\.servers)?)=/m.test(text);

const java = await findJava();
const { libs } = await kafkaDistribution(java, AbortSignal.timeout(600_000));

/** Codes of what is told as an error. */
async function errorsOf(file: string, text: string): Promise<string[]> {
  const findings = await check(await landscapeOfTexts({ [file]: text }), '4.3');
  return findings.filter(({ rule }) => rule.severity === 'error').map(({ rule }) => rule.code);
}

describe('combinations', () => {
  for (const [name, { kind, file, choices }] of Object.entries(subjects))
    it(`of a ${name}: krafter refuses what Kafka refuses, ${times(kind)} times`, async () => {
      const settings = fc.record(
        Object.fromEntries(
          Object.entries(choices).map(([key, values]) => [
            key,
            fc.oneof(
              { weight: 5, arbitrary: fc.constant(values[0]) },
              { weight: 2, arbitrary: fc.constantFrom(...values) },
            ),
          ]),
        ),
      );
      const texts = fc
        .sample(settings, { numRuns: times(kind), seed: 9 })
        .map((one) =>
          Object.entries(one)
            .filter(([, value]) => value !== undefined)
            .map(([key, value]) => `${key}=${value}\n`)
            .join(''),
        )
        .filter((text) => kind !== 'broker' || isWhole(text));
      const folder = mkdtempSync(join(tmpdir(), 'krafter-combinations-'));
      try {
        const args = texts.flatMap((text, index) => {
          const path = join(folder, `${index}`);
          writeFileSync(path, text);
          return [kind, path];
        });
        const options = ['-XX:TieredStopAtLevel=1', '-cp', `${libs}/*`, proveJava()];
        const { stdout } = await execa(java, [...options, ...args], { maxBuffer: 1e9 });
        const verdicts = stdout.split('\n').filter((line) => /^(accepted|refused)/.test(line));
        assert.equal(verdicts.length, texts.length);
        // One example of each kind of difference.
        const differing = new Map<string, string>();
        for (const [index, text] of texts.entries()) {
          const bootstrap = kind === 'broker' ? '' : 'bootstrap.servers=kafka:9092\n';
          const errors = await errorsOf(file, bootstrap + text);
          const kafka = verdicts[index] ?? '';
          // Some errors are about what Kafka takes, and nobody should.
          const isMissed = kafka.startsWith('refused') && errors.length === 0;
          const isInvented = kafka === 'accepted' && errors.some((code) => !taken.has(code));
          if (isMissed || isInvented) differing.set(`${kafka} / ${errors.join(' ')}`, text);
        }
        assert.deepEqual(Object.fromEntries(differing), {}, 'Kafka / krafter');
        const refused = verdicts.filter((one) => one.startsWith('refused')).length;
        assert.ok(refused > texts.length / 10 && refused < texts.length * 0.98, `${refused}`);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
});
