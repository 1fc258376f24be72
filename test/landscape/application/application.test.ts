import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Place } from '../../../src/files/place.ts';
import { ProjectFile } from '../../../src/files/project-file.ts';
import type { Configuration, Setting } from '../../../src/landscape/facts/configuration.ts';
import type { Landscape } from '../../../src/landscape/facts/index.ts';
import { readLandscape } from '../../../src/landscape/read.ts';

function read(files: readonly ProjectFile[]): Promise<Landscape> {
  return readLandscape(files, { file: (path) => files.find((file) => file.path === path) }, '4.3');
}

const filesOf = (folder: string): ProjectFile[] =>
  globSync('*.{yml,properties}', { cwd: join(import.meta.dirname, folder) })
    .sort()
    .map((name) => {
      const path = join(import.meta.dirname, folder, name);
      return new ProjectFile(name, readFileSync(path, 'utf8'));
    });

const stretch = ({ line, column, endLine, endColumn }: Place) =>
  `${line}:${column}-${endLine}:${endColumn}`;
const shown = ({ key, value, valueAt }: Setting) =>
  `${key}=${'known' in value ? `${value.known}${value.from ? ` (${value.from})` : ''}` : `? ${value.unknown}`} ${stretch(valueAt)}`;
const settings = (configuration: Configuration | undefined) => configuration?.settings.map(shown);
const named = ({ configurations }: Landscape) =>
  configurations.map(({ kind, name = '-', file }) => `${file} ${kind} ${name}`);

describe('an application that Spring Boot configures', async () => {
  const landscape = await read(filesOf('spring'));
  const of = (kind: string) => landscape.configurations.find((one) => one.kind === kind);

  it('has a configuration for each kind of client that it speaks of', () => {
    assert.deepEqual(named(landscape), [
      'application.yml producer -',
      'application.yml consumer -',
    ]);
  });

  it('names settings in any of Spring’s ways, with units, lists and placeholders', () => {
    assert.deepEqual(settings(of('consumer')), [
      'bootstrap.servers=localhost:9092 (the default of KAFKA) 5:24-5:47',
      'security.protocol=SASL_SSL 7:26-7:34',
      'ssl.endpoint.identification.algorithm= 8:50-8:52',
      'group.id=orders-events (spring.application.name) 10:16-10:49',
      'enable.auto.commit=false 11:27-11:32',
      'max.poll.interval.ms=600000 12:26-12:29',
      'fetch.min.bytes=65536 13:23-13:27',
      'isolation.level=read_committed 14:24-14:38',
      'session.timeout.ms=30000 17:23-17:28',
      'partition.assignment.strategy=org.apache.kafka.clients.consumer.CooperativeStickyAssignor,org.apache.kafka.clients.consumer.RangeAssignor 19:13-20:60',
    ]);
    assert.equal(of('consumer')?.settings[3]?.written, 'spring.kafka.consumer.groupId');
  });

  it('has Kafka’s own keys above what Spring calls otherwise', () => {
    assert.deepEqual(settings(of('producer'))?.slice(3), [
      `client.id=? \${POD} is put in elsewhere 23:18-23:24`,
      'transactional.id=? Spring puts a number behind it 24:30-24:37',
      'value.serializer=org.springframework.kafka.support.serializer.JsonSerializer 25:25-25:84',
      'acks=1 27:15-27:16',
    ]);
  });

  it('is known to commit by itself unless it says otherwise, and how it acknowledges', () => {
    assert.equal(of('consumer')?.beneath?.values.get('enable.auto.commit'), 'false');
    assert.deepEqual(of('consumer')?.framework?.settings.map(shown), [
      'listener.ack-mode=manual 29:16-29:22',
      'template.default-topic=orders 31:22-31:28',
    ]);
  });

  it('writes to the template’s topic', () => {
    const [use] = landscape.uses;
    assert.deepEqual(use?.topic.value, { known: 'orders' });
    assert.equal(use?.valueEncoding, 'json');
  });
});

it('a profile stands on what holds for all, and says only what it changes', async () => {
  const landscape = await read(filesOf('profiles'));
  assert.deepEqual(named(landscape), [
    'application-test.yml consumer test',
    'application.properties consumer -',
    'application.properties consumer prod',
  ]);
  assert.deepEqual(landscape.configurations.map(settings), [
    [
      'bootstrap.servers=a:9092,b:9092 1:35-2:41',
      'auto.offset.reset=earliest 3:41-3:49',
      'group.id=tests 2:13-2:18',
    ],
    [
      'bootstrap.servers=a:9092,b:9092 1:35-2:41',
      'auto.offset.reset=earliest 3:41-3:49',
      'group.id=orders 4:32-4:38',
    ],
    [
      'bootstrap.servers=a:9092,b:9092 1:35-2:41',
      'group.id=orders 4:32-4:38',
      'auto.offset.reset=latest 7:39-7:45',
    ],
  ]);
});

it('bindings of Spring Cloud Stream are uses of topics, each with its settings', async () => {
  const { configurations, uses } = await read(filesOf('cloud'));
  assert.deepEqual(
    uses.map(({ does, topic, group }) => [does, topic.value, stretch(topic.at), group?.value]),
    [
      ['consumes', { known: 'orders' }, '17:24-17:30', { known: 'billing' }],
      ['consumes', { known: 'payments' }, '17:32-17:40', { known: 'billing' }],
      ['produces', { known: 'bills' }, '20:24-20:29', undefined],
    ],
  );
  assert.deepEqual(configurations.map(settings), [
    [
      'bootstrap.servers=a:9092,b:9093 6:20-6:28',
      'security.protocol=SSL 8:32-8:35',
      'max.poll.records=10 14:35-14:37',
      'group.id=billing 18:18-18:25',
      'auto.offset.reset=latest 12:28-12:34',
    ],
    ['bootstrap.servers=a:9092,b:9093 6:20-6:28', 'security.protocol=SSL 8:32-8:35'],
  ]);
  assert.equal(configurations[1]?.beneath?.values.get('acks'), '1');
});

it('channels of Quarkus are uses of topics where their connector is Kafka’s', async () => {
  const { configurations, uses } = await read(filesOf('quarkus'));
  assert.deepEqual(
    uses.map(({ does, topic, group }) => [does, topic.value, group?.value]),
    [
      ['consumes', { known: 'orders' }, { known: 'billing' }],
      ['produces', { known: 'bills' }, undefined],
    ],
  );
  assert.deepEqual(
    configurations.map((one) => [one.kind, one.name, settings(one)]),
    [
      [
        'streams',
        undefined,
        ['application.id=totals 9:38-9:44', 'processing.guarantee=exactly_once 10:36-10:48'],
      ],
      ['consumer', 'orders.in', ['group.id=billing 4:44-4:51']],
      ['producer', 'bills', []],
      ['admin', undefined, ['bootstrap.servers=a:9092,b:9092 1:31-1:44']],
    ],
  );
});

it('clients of Micronaut stand on its default for their kind', async () => {
  const { configurations } = await read(filesOf('micronaut'));
  assert.deepEqual(
    configurations.map((one) => [one.kind, one.name, settings(one)]),
    [
      [
        'consumer',
        'default',
        ['bootstrap.servers=a:9092 5:22-5:28', 'session.timeout.ms=30000 8:27-8:32'],
      ],
      [
        'consumer',
        'billing',
        [
          'bootstrap.servers=a:9092 5:22-5:28',
          'session.timeout.ms=30000 8:27-8:32',
          'max.poll.records=10 11:25-11:27',
        ],
      ],
      ['producer', 'default', ['bootstrap.servers=a:9092 5:22-5:28', 'acks=1 14:13-14:14']],
    ],
  );
});

describe('a file that means harm', () => {
  const hostile: readonly (readonly [string, string, string])[] = [
    ['a deep nesting', 'application.yml', `spring:\n  kafka: ${'{a: '.repeat(3_000)}`],
    ['aliases of aliases', 'application.yml', bomb()],
    [
      'placeholders in placeholders',
      'application.properties',
      `spring.kafka.client-id=${'${a:'.repeat(200_000)}`,
    ],
    [
      'a placeholder of itself',
      'application.properties',
      `spring.kafka.client-id=\${spring.kafka.client-id}`,
    ],
    ['many placeholders of each other', 'application.properties', circle()],
    [
      'a name with a line break',
      'application.properties',
      'spring.kafka.\\n.x=1\nspring.kafka.consumer.\\u0000=\\u0000',
    ],
    [
      'a long line',
      'application.properties',
      `spring.kafka.client-id=${'{{@<%#{$('.repeat(100_000)}`,
    ],
    ['no text after a key', 'application.yml', 'spring:\n  kafka:\n    consumer:\n'],
    [
      'Object’s own names',
      'application.yml',
      'spring.kafka.consumer: {__proto__: {a: 1}, constructor: 2}',
    ],
  ];
  for (const [name, path, text] of hostile) {
    it(`is survived: ${name}`, { timeout: 5_000 }, async () => {
      const { configurations } = await read([new ProjectFile(path, text)]);
      assert.ok(configurations.length < 10);
    });
  }
});

function bomb(): string {
  const levels = Array.from(
    { length: 30 },
    (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`,
  );
  return `a0: &a0 [x]\n${levels.join('\n')}\nspring:\n  kafka:\n    properties: {x: *a30}\n`;
}

function circle(): string {
  return Array.from(
    { length: 2_000 },
    (_, index) =>
      `spring.kafka.properties.k${index}=${`\${spring.kafka.properties.k${(index + 1) % 2_000}}`.repeat(7)}`,
  ).join('\n');
}
