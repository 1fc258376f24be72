import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ProjectFile } from '../../../src/files/project-file.ts';
import type { Dependency } from '../../../src/landscape/facts/dependency.ts';
import { readLandscape } from '../../../src/landscape/read.ts';

const read = (files: readonly ProjectFile[]) =>
  readLandscape(files, { file: (path) => files.find((file) => file.path === path) }, '4.3');

const folder = (name: string) =>
  read(
    globSync('**/*.*', { cwd: join(import.meta.dirname, name) })
      .sort()
      .map((path) => new ProjectFile(path, textOf(join(import.meta.dirname, name, path)))),
  );
const textOf = (path: string) => readFileSync(path, 'utf8');

function shown({ name, version, at, development }: Dependency): string {
  const said = version && ('known' in version ? version.known : `? ${version.unknown}`);
  const from = version && 'known' in version && version.from ? ` (${version.from})` : '';
  const place = `${at.file}:${at.line}:${at.column}-${at.endColumn}`;
  return `${name} ${said ?? '-'}${from} ${place}${development ? ' development' : ''}`;
}

describe('a manifest', () => {
  it('of Maven has versions from properties and parents of the project', async () => {
    const { dependencies } = await folder('maven');
    assert.deepEqual(dependencies.map(shown), [
      'org.springframework.kafka:spring-kafka - orders/pom.xml:10:19-31',
      'io.confluent:kafka-avro-serializer 7.9.0 (avro.version in pom.xml) orders/pom.xml:14:19-40',
      `org.apache.kafka:kafka-streams ? \${unknown.version} is set elsewhere orders/pom.xml:19:16-34`,
      'org.springframework.kafka:spring-kafka-test 3.3.1 orders/pom.xml:24:17-22 development',
      'org.springframework.boot:spring-boot-dependencies 3.4.2 (pom.xml) orders/pom.xml:4:17-21',
      'org.springframework.boot:spring-boot-dependencies 3.4.2 pom.xml:5:14-19',
    ]);
  });

  it('of Gradle has versions from variables and the version catalog', async () => {
    const { dependencies } = await folder('gradle');
    assert.deepEqual(dependencies.map(shown), [
      'org.apache.kafka:kafka-clients 3.9.1 (clientVersion) build.gradle.kts:6:20-67',
      'org.apache.kafka:kafka-streams 4.1.1 (gradle/libs.versions.toml) build.gradle.kts:7:20-38',
      'org.springframework.kafka:spring-kafka-test - build.gradle.kts:9:24-69 development',
      'org.springframework.boot:spring-boot-dependencies 4.0.1 build.gradle.kts:2:45-50',
    ]);
  });

  it('of npm, Go and Python says what stands in it', async () => {
    const { dependencies } = await folder('others');
    assert.deepEqual(dependencies.map(shown), [
      'github.com/Shopify/sarama v1.38.1 go.mod:6:2-27',
      'github.com/twmb/franz-go v1.22.2 go.mod:9:9-33',
      'kafkajs ^2.2.4 package.json:3:6-13',
      'kafka-node 5.0.0 package.json:6:6-16 development',
      'aiokafka >=0.12 pyproject.toml:2:18-26',
      'pykafka ^2.8 pyproject.toml:5:1-8',
      'kafka-python ==1.4.7 requirements.txt:2:3-15',
      'confluent-kafka >=2.0 requirements.txt:3:1-16',
    ]);
  });
});

it('a client has the release that its module depends on', async () => {
  const { configurations } = await folder('maven');
  assert.deepEqual(
    configurations.map(({ kind, release }) => [kind, release]),
    [['consumer', '3.9']],
  );
});

const circle =
  '<project><properties><a>#{b}</a><b>#{a}</b></properties><dependencies><dependency><version>#{a}</version></dependency></dependencies></project>'.replaceAll(
    '#',
    '$',
  );

it('a client from before Kafka 3.0 has the defaults of its time', async () => {
  const { configurations } = await read([
    new ProjectFile(
      'build.gradle',
      "dependencies { implementation 'org.apache.kafka:kafka-clients:2.8.1' }",
    ),
    new ProjectFile('src/main/resources/application.yml', 'spring.kafka.producer.client-id: a'),
    new ProjectFile('src/test/resources/other.yml', 'spring.kafka.consumer.client-id: a'),
  ]);
  const [producer, consumer] = configurations;
  assert.equal(producer?.beneath?.values.get('acks'), '1');
  assert.equal(producer?.beneath?.values.get('enable.idempotence'), 'false');
  assert.equal(consumer?.beneath?.values.get('session.timeout.ms'), '10000');
});

describe('a manifest that means harm is survived:', () => {
  const hostile: readonly (readonly [string, string, string])[] = [
    ['a deep pom.xml', 'pom.xml', '<project>'.repeat(20_000)],
    ['properties of each other', 'pom.xml', circle],
    [
      'a parent of itself',
      'a/pom.xml',
      '<project><parent><relativePath>pom.xml</relativePath></parent></project>',
    ],
    ['an open string', 'build.gradle', `implementation("${'a'.repeat(500_000)}`],
    ['many quotes', 'build.gradle', `implementation ${`"a' `.repeat(100_000)}`],
    ['deep JSON', 'package.json', `{"dependencies": ${'['.repeat(50_000)}`],
    ['a long line', 'requirements.txt', `a${'['.repeat(300_000)}`],
    ['a table of tables', 'pyproject.toml', `[project]\ndependencies = ${'['.repeat(2_000)}`],
    ['names of Object', 'package.json', '{"dependencies": {"__proto__": "1", "constructor": 2}}'],
  ];
  for (const [name, path, text] of hostile) {
    it(name, { timeout: 5_000 }, async () => {
      const { dependencies } = await read([new ProjectFile(path, text)]);
      assert.ok(dependencies.length < 3);
    });
  }
});
