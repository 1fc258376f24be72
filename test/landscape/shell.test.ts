import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Command } from '../../src/landscape/facts/command.ts';
import type { Topic } from '../../src/landscape/facts/topic.ts';
import { landscapeIn, landscapeOfTexts, settingsOf, shown } from './facts.ts';

/** `name partitions/replicas@line:column-endColumn`, the place being that of the name. */
const topics = (found: readonly Topic[]): string[] =>
  found.map(({ name: { value, at }, partitions, replicationFactor }) => {
    const [parts, copies] = [partitions, replicationFactor].map((one) =>
      one ? shown(one.value) : '-',
    );
    return `${shown(value)} ${parts}/${copies}@${at.line}:${at.column}-${at.endColumn}`;
  });

const calls = (found: readonly Command[]): string[] =>
  found.map(
    ({ tool, at, words }) =>
      `${at.line}:${at.column} ${tool} ${words.map(({ value, many }) => shown(value) + (many ? '*' : '')).join(' ')}`,
  );

const read = (name: string) => readFileSync(join(import.meta.dirname, 'shell', name), 'utf8');

describe('a shell script', () => {
  it('makes topics: variables, loops, arrays and functions of the same file are followed', async () => {
    const landscape = await landscapeIn('shell', 'topics.sh');
    assert.deepEqual(topics(landscape.topics), [
      'orders 6/1@7:84-86',
      'payments 6/1@7:84-86',
      'audit 12/3@12:72-77',
      'logs 3/3@12:72-77',
      'a 1/1@19:61-63',
      'a-dlq 1/-@20:34-50',
      'b 2/1@19:61-63',
      'b-dlq 2/-@20:34-50',
      'sized ?/-@35:31-36',
      '? -/-@36:55-60',
      'shifted 2/-@41:58-60',
      '? -/-@45:76-80',
    ]);
  });

  it('says where a value came from that stands elsewhere', async () => {
    const landscape = await landscapeIn('shell', 'topics.sh');
    const from = landscape.topics.map(({ name: { value } }) => 'known' in value && value.from);
    assert.deepEqual(from.slice(0, 3), ['$TOPICS', '$TOPICS', '$1']);
    const [first] = landscape.commands;
    const server = first?.words[1]?.value;
    assert.deepEqual(server, { known: 'localhost:9092', from: 'the default of BOOT' });
  });

  it('has settings of topics with their places, also in what a here-document gives to bash', async () => {
    const { configurations } = await landscapeIn('shell', 'topics.sh');
    const own = configurations.filter(({ kind }) => kind === 'topic');
    assert.deepEqual(
      own.map((one) => [one.name, one.open ?? false, ...settingsOf(one)]),
      [
        ['orders', false, 'retention.ms=1000@8:65-69', 'cleanup.policy=compact@8:95-102'],
        ['payments', false, 'retention.ms=1000@8:65-69', 'cleanup.policy=compact@8:95-102'],
        ['orders', true, 'retention.ms=5@23:95-96', 'cleanup.policy=compact,delete@23:113-127'],
      ],
    );
  });

  it('posts connectors: in quotes, in quotes put together, from a here-document', async () => {
    const { configurations } = await landscapeIn('shell', 'topics.sh');
    const own = configurations.filter(({ kind }) => kind !== 'topic');
    assert.deepEqual(
      own.map((one) => [one.kind, one.name, ...settingsOf(one)]),
      [
        [
          ...['connect-source', 'pg'],
          'connector.class=io.debezium.connector.postgresql.PostgresConnector@27:34-84',
          ...['tasks.max=1@27:100-101', 'database.password=?@28:28-31'],
        ],
        [
          ...['connect-sink', undefined, 'connector.class=x.FooSink@31:22-31'],
          ...['topics=?@31:45-52', 'a=b@31:61-62'],
        ],
      ],
    );
  });

  it('calls tools through others, and once for each place', async () => {
    const { commands } = await landscapeIn('shell', 'topics.sh');
    assert.deepEqual(
      calls(commands).map((call) => call.split(' ').slice(0, 2).join(' ')),
      [
        ...['7:10 kafka-topics', '12:3 kafka-topics', '19:31 kafka-topics', '20:3 kafka-topics'],
        ...['23:1 kafka-configs', '33:1 kafka-acls', '35:1 kafka-topics', '36:24 kafka-topics'],
        ...['41:4 kafka-topics', '45:45 kafka-topics'],
      ],
    );
    assert.equal(calls(commands)[5], '33:1 kafka-acls ?*');
  });
});

describe('other files with commands', () => {
  it('a Dockerfile: continued lines, arguments, lists and health checks', async () => {
    const { commands, topics: found, workloads } = await landscapeIn('shell', 'Dockerfile');
    assert.deepEqual(calls(commands), [
      '7:5 kafka-storage format -t abc -c /x/server.properties',
      '9:5 kafka-topics --create --topic orders --partitions 6',
      '10:31 kafka-broker-api-versions --bootstrap-server localhost:9092',
      '12:7 kafka-topics --zookeeper zk',
    ]);
    assert.deepEqual(topics(found), ['orders 6/-@9:38-44']);
    assert.deepEqual(
      workloads.map(({ image }) => [image?.name, image?.tag, image?.at.line, image?.at.column]),
      [['apache/kafka', '4.3.1', 1, 6]],
    );
  });

  it('a Makefile: its own variables, and those of the shell', async () => {
    const landscape = await landscapeIn('shell', 'Makefile');
    assert.deepEqual(topics(landscape.topics), [
      ...['orders 3/1@7:56-64', 'a 1/-@9:49-52', 'b 1/-@9:49-52'],
    ]);
    assert.deepEqual(settingsOf(landscape.configurations[0]), [
      ...['connector.class=JdbcSink@11:77-85', 'topics=a@11:97-98', 'tasks.max=1@11:113-114'],
    ]);
  });

  it('Compose: scripts in lists, in blocks, in quotes within blocks, and health checks', async () => {
    const landscape = await landscapeIn('shell', 'compose.yml');
    assert.deepEqual(topics(landscape.topics), [
      ...['orders 1/1@10:84-90', 'a1 -/-@16:39-41', '? -/-@17:39-45'],
      ...['x 4/-@25:41-44', 'y 4/-@25:41-44', '? 2/-@28:55-62'],
    ]);
    assert.equal(landscape.commands.length, 7);
  });

  it('a pipeline of GitHub: its own expressions are not known', async () => {
    const { commands } = await landscapeOfTexts({ '.github/workflows/ci.yml': read('ci.yml') });
    assert.deepEqual(calls(commands), [
      '4:14 kafka-topics --create --topic ?* --partitions 3',
      '10:11 kafka-console-producer --broker-list localhost:9092 --topic t',
      '13:25 kafka-topics --list',
    ]);
  });

  it('a Job of a chart, and a script in a ConfigMap', async () => {
    const landscape = await landscapeIn('shell', 'job.yaml');
    assert.deepEqual(topics(landscape.topics), ['? 3/-@12:48-67', 'z 3/-@13:48-49']);
    assert.deepEqual(settingsOf(landscape.configurations[0]), ['retention.ms=5@21:63-64']);
  });
});

it('a connector as JSON: bare, with its name, or in a list', async () => {
  const { configurations } = await landscapeOfTexts({
    'a.json': '{"name": "a", "config": {"connector.class": "FileStreamSource", "tasks.max": 2}}',
    'b.json': '{"connector.class": "org.x.S3SinkConnector", "topics": "t", "p": "{{ p }}"}',
    'c.json':
      '[{"name":"c","config":{"connector.class":"org.apache.kafka.connect.mirror.MirrorSourceConnector"}}]',
    'd.json': '{"connector.class": ',
    'e.json': '{"dependencies": {"connector.class": "1"}}',
  });
  assert.deepEqual(
    configurations.map((one) => [one.file, one.kind, one.name, ...settingsOf(one)]),
    [
      [
        ...['a.json', 'connect-source', 'a', 'connector.class=FileStreamSource@1:46-62'],
        'tasks.max=2@1:78-79',
      ],
      [
        ...['b.json', 'connect-sink', undefined, 'connector.class=org.x.S3SinkConnector@1:22-43'],
        ...['topics=t@1:57-58', 'p=?@1:67-74'],
      ],
      [
        ...['c.json', 'mirror-source', 'c'],
        'connector.class=org.apache.kafka.connect.mirror.MirrorSourceConnector@1:43-96',
      ],
    ],
  );
});
