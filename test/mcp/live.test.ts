/**
 * The server against three secured brokers: what it says equals what Kafka's own tools say on the
 * same cluster, for groups that real clients formed, and while brokers are dead.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { clusterHealth } from '../../src/cluster/observe.ts';
import { type Cluster, startCluster } from '../conformance/cluster.ts';
import { eventually } from '../conformance/eventually.ts';
import { krafter } from '../support/krafter.ts';
import { clientProperties, kafkaClass } from './kafka-tools.ts';
import { type Session, session, type ToolAnswer } from './server.ts';

const tools = 'org.apache.kafka.tools';
const classes = {
  topics: `${tools}.TopicCommand`,
  groups: `${tools}.consumer.group.ConsumerGroupCommand`,
  shareGroups: `${tools}.consumer.group.ShareGroupCommand`,
  allGroups: `${tools}.GroupsCommand`,
  quorum: `${tools}.MetadataQuorumCommand`,
  features: `${tools}.FeatureCommand`,
  consumer: `${tools}.consumer.ConsoleConsumer`,
  shareConsumer: `${tools}.consumer.ConsoleShareConsumer`,
  producer: `${tools}.ConsoleProducer`,
} as const;

describe('a live cluster', () => {
  const folder = mkdtempSync(join(tmpdir(), 'krafter-mcp-'));
  let cluster: Cluster;
  let properties: string;
  let open: Session;
  const running: ReturnType<typeof kafkaClass>[] = [];

  const connection = () => [
    ...['--bootstrap-server', cluster.bootstrap],
    ...['--command-config', properties],
  ];
  const start = (name: keyof typeof classes, ...args: string[]) =>
    kafkaClass(classes[name], [...connection(), ...args]);
  const tool = async (name: keyof typeof classes, ...args: string[]): Promise<string> =>
    String((await start(name, ...args)).stdout);
  const member = (name: 'consumer' | 'shareConsumer', ...args: string[]) => {
    const process = start(name, ...args);
    running.push(process);
    return process;
  };

  /** With a key each, so that every partition gets some. */
  const produce = async (records: number) => {
    const keys = ['parse.key=true', 'key.separator=:'].flatMap((key) => ['--reader-property', key]);
    const lines = Array.from({ length: records }, (_, record) => `${record}:${record}\n`);
    const { exitCode, stderr } = await kafkaClass(
      classes.producer,
      [...connection(), '--topic', 'orders', ...keys],
      lines.join(''),
    );
    assert.equal(exitCode, 0, stderr);
  };

  before(async () => {
    cluster = await startCluster();
    properties = clientProperties(folder, cluster.admin);
    open = await session({ KAFKA_COMMAND_CONFIG: properties });
    await cluster.createTopic('orders', 12);
    await produce(600);
    await tool(
      'consumer',
      ...['--topic', 'orders', '--group', 'stopped', '--from-beginning', '--max-messages', '600'],
    );
    await produce(1200);
    member('consumer', '--topic', 'orders', '--group', 'classic one', '--from-beginning');
    member(
      'consumer',
      ...['--topic', 'orders', '--group', 'new-one', '--from-beginning'],
      ...['--command-property', 'group.protocol=consumer'],
    );
    member('shareConsumer', '--topic', 'orders', '--group', 'shared');
    await eventually('every group is there', 60_000, async () => {
      const { structured } = await open.call('consumer_groups');
      return (structured?.states as { Stable?: number } | undefined)?.Stable === 3;
    });
  });
  after(async () => {
    await open?.close();
    for (const process of running) process.kill();
    await Promise.all(running);
    await cluster?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Text and structure together: a client may show a model both. */
  const isWithin = ({ text, structured }: ToolAnswer, budget: number) => {
    const cost = encode(text).length + encode(JSON.stringify(structured)).length;
    assert.ok(cost <= budget, `${cost} tokens:\n${text}\n${JSON.stringify(structured)}`);
  };

  const counts = async () => {
    const lines = async (option: string) =>
      (await tool('topics', '--describe', option))
        .split('\n')
        .filter((line) => /Partition:/.test(line)).length;
    return {
      offline: await lines('--unavailable-partitions'),
      underMinIsr: await lines('--under-min-isr-partitions'),
      atMinIsr: await lines('--at-min-isr-partitions'),
      underReplicated: await lines('--under-replicated-partitions'),
    };
  };

  test('healthy, with the quorum and the metadata version that Kafka names', async () => {
    const answer = await open.call('cluster_health');
    isWithin(answer, 500);
    const health = answer.structured as {
      verdict: string;
      metadataVersion: string;
      brokers: unknown[];
      quorum: { leader: number; epoch: number; voters: unknown[] };
      counts: Record<string, number>;
    };
    assert.equal(health.verdict, 'healthy', answer.text);
    assert.equal(health.brokers.length, 3);
    const quorum = await tool('quorum', 'describe', '--status');
    assert.match(quorum, new RegExp(`LeaderId: +${health.quorum.leader}\\n`));
    assert.match(quorum, new RegExp(`LeaderEpoch: +${health.quorum.epoch}\\n`));
    assert.equal(health.quorum.voters.length, quorum.match(/"directoryId"/g)?.length);
    const features = await tool('features', 'describe');
    assert.equal(
      /metadata\.version.*FinalizedVersionLevel: (\S+)/.exec(features)?.[1],
      health.metadataVersion,
    );
    const { notPreferred: _, ...asked } = health.counts;
    assert.deepEqual(asked, await counts());
  });

  test('every group with its own type and state, as Kafka lists them', async () => {
    const answer = await open.call('consumer_groups');
    isWithin(answer, 500);
    const { list } = answer.structured as {
      list: { group: string; type: string; state: string; lag: number }[];
    };
    const listed = await tool('allGroups', '--list');
    for (const { group, type } of list)
      assert.match(listed, new RegExp(`^${group} +${type} `, 'im'), listed);
    assert.deepEqual(list.map(({ group }) => group).toSorted(), [
      'classic one',
      'new-one',
      'shared',
      'stopped',
    ]);
    const [worst] = list;
    assert.equal(worst?.group, 'stopped');
    assert.equal(worst.state, 'Empty');
    assert.equal(worst.lag, 1200, answer.text);
    assert.doesNotMatch(answer.text, /dead/i);
  });

  for (const group of ['stopped', 'classic one', 'new-one'])
    test(`lag of "${group}" by partition, as Kafka counts it`, async () => {
      const answer = await open.call('consumer_groups', { group });
      isWithin(answer, 400);
      const { rows } = answer.structured as { rows: [number, number | null, number | null][] };
      const described = await tool('groups', '--describe', '--group', group);
      const kafka = [...described.matchAll(/\sorders +(\d+) +(\d+|-) +\d+ +(\d+|-)/g)].map(
        ([, partition, committed, lag]) => [partition, lag, committed].map(numberOf),
      );
      assert.ok(kafka.length > 0, described);
      const byPartition = (a: (number | null)[], b: (number | null)[]) =>
        Number(a[0]) - Number(b[0]);
      assert.deepEqual(rows.toSorted(byPartition), kafka.toSorted(byPartition), answer.text);
    });

  for (const group of ['classic one', 'new-one', 'shared'])
    test(`the member of "${group}", with its host and what is assigned`, async () => {
      const { structured, text } = await open.call('consumer_groups', { group, show: 'members' });
      const { memberList } = structured as { memberList: { host: string; has: string }[] };
      assert.equal(memberList.length, 1, text);
      assert.match(memberList[0]?.host ?? '', /^127\.0\.0\.1$|^::1$/);
      assert.equal(memberList[0]?.has, 'orders 0-11');
    });

  test('a share group has start offsets and lag of its own, as Kafka tells them', async () => {
    const { structured } = await open.call('consumer_groups', { group: 'shared' });
    const { rows, type } = structured as {
      type: string;
      rows: [number, number | null, number | null][];
    };
    assert.equal(type, 'share');
    const described = await tool('shareGroups', '--describe', '--group', 'shared');
    const kafka = [...described.matchAll(/^shared +orders +(\d+) +(\d+|-) +(\d+|-)/gm)].map(
      ([, partition, startOffset, lag]) => [partition, lag, startOffset].map(numberOf),
    );
    const withOffset = (row: readonly (number | null)[]) => row[2] !== null;
    assert.deepEqual(
      rows.filter(withOffset).toSorted((a, b) => a[0] - b[0]),
      kafka.filter(withOffset),
      described,
    );
  });

  test('twelve partitions with lag cost a model at most 300 tokens', async () => {
    const answer = await open.call('consumer_groups', { group: 'stopped' });
    const { rows } = answer.structured as { rows: [number, number, number][] };
    assert.equal(rows.filter(([, lag]) => lag > 0).length, 12);
    isWithin(answer, 300);
  });

  test('records that nobody reads: stuck, seen by two samples', async () => {
    const { structured } = await open.call('consumer_groups', { group: 'stopped', seconds: 6 });
    const { trend } = structured as { trend: { direction: string; read: number } };
    assert.equal(trend.direction, 'stuck');
    assert.equal(trend.read, 0);
  });

  test('a group that is not there: said so, with the name that was meant', async () => {
    const { text, isError } = await open.call('consumer_groups', { group: 'stoped' });
    assert.ok(isError);
    assert.match(text, /^not-found: .*Did you mean "stopped"/);
  });

  test('a user with few rights sees what it may, and is told of the rest', async () => {
    const limited = await session({
      KAFKA_COMMAND_CONFIG: properties,
      KAFKA_SASL_JAAS_CONFIG: `X required username="${cluster.consumer.username}" password="${cluster.consumer.password}";`,
    });
    try {
      const { text, structured } = await limited.call('cluster_health');
      const { unseen } = structured as { unseen: string[] };
      assert.match(unseen.join('\n'), /controller quorum: no right to it/, text);
      assert.match(unseen.join('\n'), /log directories of 3 brokers: no right to it/);
      assert.match(unseen.join('\n'), /topics that this user may not describe/);
    } finally {
      await limited.close();
    }
  });

  test('a wrong password is unauthorised, and in no answer', async () => {
    const wrong = await session({
      KAFKA_COMMAND_CONFIG: properties,
      KAFKA_SASL_JAAS_CONFIG: 'X required username="admin" password="hunter2";',
    });
    try {
      const { text, isError } = await wrong.call('cluster_health');
      assert.ok(isError);
      assert.match(text, /^unauthorised: /);
      assert.doesNotMatch(text, /hunter2/);
    } finally {
      await wrong.close();
    }
  });

  test('the commands say what the tools say', async () => {
    const health = await krafter(['health', '--command-config', properties, '--json']);
    assert.equal(health.code, 0, health.err);
    assert.equal((JSON.parse(health.out) as { verdict: string }).verdict, 'healthy');
    const groups = await krafter(['groups', 'stopped', '--command-config', properties]);
    assert.match(groups.out, /^"stopped" classic group, Empty, 0 members, lag 1200\n/);
  });

  test('a broker is killed: degraded, who it is, and the counts of Kafka; then all is well again', async () => {
    await tool(
      'topics',
      ...['--create', '--topic', 'only-there', '--replica-assignment', '2'],
      ...['--config', 'min.insync.replicas=1'],
    );
    await cluster.kill('broker-2');
    await eventually('the broker is fenced', 60_000, async () =>
      /broker 2 fenced/.test((await open.call('cluster_health')).text),
    );
    assert.deepEqual(
      (await clusterHealth(cluster.admin)).offline.map(({ topic }) => topic),
      ['only-there'],
      'krafter status knows it too',
    );
    const answer = await open.call('cluster_health');
    isWithin(answer, 500);
    const { verdict, counts: counted } = answer.structured as {
      verdict: string;
      counts: Record<string, number>;
    };
    assert.equal(verdict, 'degraded');
    const { notPreferred: _, ...asked } = counted;
    assert.deepEqual(asked, await counts());
    assert.ok((asked.underReplicated ?? 0) > 1);
    assert.equal(asked.offline, 1);
    assert.match(answer.text, /"only-there-0" offline leader none/);
    await cluster.start('broker-2');
    await cluster.allInSync();
    await eventually('the same server says healthy', 60_000, async () =>
      (await open.call('cluster_health')).text.startsWith('healthy'),
    );
  });

  test('two of three are killed, and the quorum with them: still an answer, in time', async () => {
    await cluster.kill('broker-2', 'broker-3');
    let took = 0;
    // The controller that is left leads on for a moment.
    await eventually('no controller answers', 60_000, async () => {
      const begin = performance.now();
      const { text, structured, isError } = await open.call('cluster_health');
      took = Math.max(took, performance.now() - begin);
      assert.ok(!isError, text);
      assert.equal((structured as { verdict: string }).verdict, 'degraded');
      return /no controller answers/.test(text);
    });
    assert.ok(took < 5000, `${took} ms`);
    const { text } = await open.call('consumer_groups', { group: 'stopped' });
    assert.doesNotMatch(text, /^unreachable/);
    const closed = performance.now();
    await open.close();
    assert.ok(performance.now() - closed < 5000, 'and an end');
  });
});

const numberOf = (text: string | undefined): number | null =>
  text === undefined || text === '-' ? null : Number(text);
