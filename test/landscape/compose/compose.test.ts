import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Place } from '../../../src/files/place.ts';
import { ProjectFile } from '../../../src/files/project-file.ts';
import type { Configuration, Setting } from '../../../src/landscape/facts/configuration.ts';
import type { Facts } from '../../../src/landscape/facts/index.ts';
import { composeFile } from '../../../src/landscape/readers/compose/index.ts';

const paths = ['compose.yaml', 'compose.override.yaml', 'base.yaml', 'broker.env', '.env'];
const cluster = paths.map(
  (path) =>
    new ProjectFile(path, readFileSync(join(import.meta.dirname, 'cluster', path), 'utf8')),
);

async function read(files: readonly ProjectFile[], path = 'compose.yaml'): Promise<Facts> {
  const find = (wanted: string) => files.find((file) => file.path === wanted);
  const file = find(path);
  assert.ok(file);
  return composeFile.read(file, { file: find }, '4.3');
}

const one = (text: string) => read([new ProjectFile('compose.yaml', text)]);
const stretch = ({ file, line, column, endLine, endColumn }: Place) =>
  `${file} ${line}:${column}-${endLine}:${endColumn}`;
const shown = ({ key, value, valueAt }: Setting) =>
  `${key}=${'known' in value ? `${value.known}${value.from ? ` (${value.from})` : ''}` : `? ${value.unknown}`} ${stretch(valueAt)}`;
const settings = (configuration: Configuration | undefined) =>
  configuration?.settings.map(shown).sort();

describe('a Compose project', async () => {
  const { configurations = [], workloads = [] } = await read(cluster);
  const [first, second] = configurations;
  const workload = workloads.find(({ name }) => name === 'kafka-1');

  it('has settings from anchors, merges, interpolation and the override', () => {
    assert.deepEqual(settings(first), [
      'advertised.listeners=PLAINTEXT://kafka-1:9092 compose.yaml 17:35-17:59',
      'controller.quorum.voters=1@kafka-1:9093,2@kafka-2:9093 compose.yaml 5:37-5:66',
      'log.dirs=? ${DIRECTORY} is put in elsewhere compose.yaml 8:21-8:38',
      'min.insync.replicas=2 (the default of IN_SYNC) compose.yaml 6:33-6:46',
      'node.id=1 compose.yaml 16:22-16:23',
      'num.partitions=12 compose.override.yaml 4:29-4:31',
      'process.roles=broker,controller compose.yaml 4:26-4:43',
    ]);
  });

  it('has settings from an environment file of the service that is extended, and from a list', () => {
    assert.deepEqual(settings(second), [
      'controller.quorum.voters=1@kafka-1:9093,2@kafka-2:9093 broker.env 3:32-3:61',
      'listener.name.my_listener.ssl.client.auth=none compose.yaml 36:59-36:63',
      'node.id=2 compose.yaml 35:23-35:24',
      'password=? KAFKA_PASSWORD comes from the shell compose.yaml 37:9-37:23',
      'process.roles=broker,controller broker.env 2:22-2:39',
    ]);
    assert.equal(second?.open, undefined);
  });

  it('takes brokers with the same voters as one cluster of the image’s release', () => {
    assert.equal(first?.cluster, second?.cluster);
    assert.notEqual(first?.cluster, undefined);
    assert.equal(first?.release, '4.1');
  });

  it('knows ports, mounts, memory and the order of start', () => {
    assert.deepEqual(
      workload?.ports.map(({ container, published, host }) => [container, published, host]),
      [
        [9092, 29092, '127.0.0.1'],
        [9093, 29093, '127.0.0.1'],
        [9999, 19999, undefined],
        [8080, undefined, undefined],
      ],
    );
    assert.deepEqual(
      workload?.mounts.map(({ target, kind }) => `${kind} ${target}`),
      ['volume /var/lib/kafka/data', 'bind /etc/kafka/secrets', 'anonymous /scratch'],
    );
    assert.equal(workload?.memoryLimit?.bytes, 2 ** 30);
    const other = workloads.find(({ name }) => name === 'kafka-2');
    assert.equal(other?.memoryLimit?.bytes, 768 * 2 ** 20);
    assert.deepEqual(
      other?.after.map(({ name, healthy }) => [name, healthy]),
      [['kafka-1', true]],
    );
  });

  it('is read once: the override has nothing of its own', async () => {
    assert.deepEqual(await read(cluster, 'compose.override.yaml'), {});
  });
});

describe('what an image makes of its environment', () => {
  const broker = async (image: string, environment: string) => {
    const { configurations } = await one(
      `services:\n  kafka:\n    image: ${image}\n    environment:\n${environment}`,
    );
    return configurations?.[0];
  };

  it('has the default file of apache/kafka only as long as nothing is set', async () => {
    const none = await broker('apache/kafka:4.3.1', '      OTHER: 1\n');
    assert.equal(none?.beneath?.values.get('offsets.topic.replication.factor'), '1');
    const some = await broker('apache/kafka:4.3.1', '      KAFKA_NODE_ID: 1\n');
    assert.equal(some?.beneath?.values.get('offsets.topic.replication.factor'), undefined);
  });

  it('reads KAFKA_CFG_ in Bitnami’s image, and nothing of another prefix', async () => {
    const found = await broker(
      'docker.io/bitnami/kafka:3.9',
      '      KAFKA_CFG_NODE_ID: 1\n      KAFKA_NODE_ID: 2\n',
    );
    assert.deepEqual(
      found?.settings.map(({ key, written }) => [key, written]),
      [['node.id', 'KAFKA_CFG_NODE_ID']],
    );
  });

  it('is no broker where it only runs a tool, nor Kafka where it is Redpanda', async () => {
    const tool = await one(
      'services:\n  topics:\n    image: apache/kafka\n    command: kafka-topics.sh --create\n',
    );
    assert.deepEqual(tool.configurations, []);
    const redpanda = await one(
      'services:\n  kafka:\n    image: redpandadata/redpanda\n    environment: {KAFKA_NODE_ID: 1}\n',
    );
    assert.deepEqual(redpanda.configurations, []);
  });

  it('leaves unknown what an environment file elsewhere may set', async () => {
    const found = await one(
      'services:\n  kafka:\n    image: apache/kafka\n    env_file: [../secret.env]\n    environment: {KAFKA_NODE_ID: 1}\n',
    );
    assert.equal(found.configurations?.[0]?.open, true);
  });
});

describe('a port', () => {
  it('is published with and without an address, or not at all', async () => {
    const { workloads } = await one(
      'services:\n  kafka:\n    image: apache/kafka\n    ports: ["9092:9093", "127.0.0.1:1:2", "[::1]:3:4", "9094"]\n',
    );
    assert.deepEqual(
      workloads?.[0]?.ports.map(({ host, published, container }) => [host, published, container]),
      [
        [undefined, 9092, 9093],
        ['127.0.0.1', 1, 2],
        ['[::1]', 3, 4],
        [undefined, undefined, 9094],
      ],
    );
  });
});

describe('a hostile file', () => {
  it('that extends itself in a circle, or includes itself, ends', async () => {
    const file = (path: string, other: string) =>
      new ProjectFile(
        path,
        `include: [${other}, ${path}]\nservices:\n  kafka:\n    image: apache/kafka\n    extends: {file: ${other}, service: kafka}\n`,
      );
    const { workloads } = await read([
      file('compose.yaml', 'other.yaml'),
      file('other.yaml', 'compose.yaml'),
    ]);
    assert.equal(workloads?.length, 1);
  });

  it('with aliases of aliases is survived', async () => {
    const bomb = Array.from(
      { length: 30 },
      (_, at) => `x${at + 1}: &x${at + 1} {<<: [*x${at}, *x${at}, *x${at}]}`,
    ).join('\n');
    await one(
      `x0: &x0 {a: kafka}\n${bomb}\nservices:\n  kafka:\n    image: apache/kafka\n    environment: *x30\n    ports: *x30\n`,
    );
  });

  it('changed or cut anywhere is read, or refused with a sentence', async () => {
    const [main, ...others] = cluster;
    const text = main?.text ?? '';
    const change = fc.record({
      at: fc.nat(text.length),
      length: fc.nat(12),
      by: fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom('\0', '\n', ': ', '${', '- ', '*environment', '<<: ', '"', '999999999'),
      ),
      cut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, length, by, cut }) => {
        const changed = text.slice(0, at) + by + (cut ? '' : text.slice(at + length));
        try {
          await read([new ProjectFile('compose.yaml', changed), ...others]);
        } catch (error) {
          assert.match((error as Error).message, /^not valid YAML at line \d+/);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
