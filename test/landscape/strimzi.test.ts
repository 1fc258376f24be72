import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { landscapeIn, settingsOf, shown } from './facts.ts';

describe('Strimzi', () => {
  it('the configuration of a Kafka is that of its brokers, with the places of its values', async () => {
    const { configurations } = await landscapeIn('kubernetes', 'cluster.yaml');
    const [broker] = configurations;
    assert.deepEqual(settingsOf(broker), [
      'default.replication.factor=3@38:35-36',
      'unclean.leader.election.enable=false@39:39-46',
      'log.retention.bytes=-1@40:28-30',
      'compression.type=zstd@41:32-36',
    ]);
    assert.equal(broker?.kind, 'broker');
    assert.equal(broker?.cluster, 'orders');
    assert.equal(broker?.release, '4.2');
    assert.equal(broker?.beneath?.values.get('min.insync.replicas'), '1');
    assert.ok(broker?.beneath?.unseen?.has('listeners'));
  });

  it('node pools say how many brokers there are, also from another file', async () => {
    const { configurations } = await landscapeIn('kubernetes', 'cluster.yaml');
    assert.equal(configurations[0]?.nodes, 4);
  });

  it('a List has resources too: a topic with its own name, a user with the name of its certificate', async () => {
    const { topics, acls } = await landscapeIn('kubernetes', 'cluster.yaml');
    const [topic] = topics;
    assert.equal(topic && shown(topic.name.value), 'orders.v1');
    assert.equal(topic?.partitions?.at.line, 57);
    assert.equal(topic?.replicationFactor, undefined);
    assert.deepEqual(settingsOf(topic?.configuration), ['retention.ms=604800000@60:23-32']);
    assert.deepEqual(
      acls.map(
        ({ principal, permission, operations, resource, name, pattern }) =>
          `${shown(principal.value)} ${permission} ${operations} ${resource} ${shown(name.value)} ${pattern}`,
      ),
      [
        'User:CN=billing allow Read,Describe topic orders. prefixed',
        'User:CN=billing deny Read group * literal',
      ],
    );
  });

  it('metrics come from where they are asked for', async () => {
    const { exporters } = await landscapeIn('kubernetes', 'cluster.yaml');
    assert.deepEqual(
      exporters.map(({ kind, at }) => `${kind} ${at.line}`),
      ['strimzi 42', 'kafka-exporter 44'],
    );
  });

  it('fields of Connect, connectors, mirrors and the bridge are keys of Kafka', async () => {
    const { configurations } = await landscapeIn('kubernetes', 'connect.yaml');
    assert.deepEqual(
      configurations.map((one) => [one.kind, one.name, ...settingsOf(one)]),
      [
        [
          ...['connect-distributed', 'pipes'],
          'bootstrap.servers=orders-kafka-bootstrap:9093@7:21-48',
          'group.id=pipes@8:12-17',
          'config.storage.replication.factor=3@10:40-41',
        ],
        [
          ...['connect-sink', 'to-lake', 'connector.class=com.example.LakeSink@20:10-30'],
          ...['tasks.max=4@21:13-14', 'topics=orders.v1@23:13-22', 'lake.password=?@24:20-44'],
        ],
        [
          ...['connect-distributed', 'copies', 'bootstrap.servers=west:9092@36:25-34'],
          'offset.storage.replication.factor=2@38:44-45',
        ],
        [
          ...['mirror-source', 'copies', 'tasks.max=8@43:19-20', 'topics=orders.*@49:22-30'],
          'replication.factor=3@45:31-32',
        ],
        [
          ...['mirror-checkpoint', 'copies', 'groups=billing@50:22-29'],
          'sync.group.offsets.enabled=true@48:39-43',
        ],
        [
          ...['producer', 'bridge', 'bootstrap.servers=orders-kafka-bootstrap:9092@57:21-48'],
          'acks=1@60:13-14',
        ],
      ],
    );
  });

  it('of a chart, what is put in is unknown, and what is there on a condition is left open', async () => {
    const { configurations, topics, resources } = await landscapeIn('kubernetes', 'chart.yaml');
    const [broker, topic] = configurations;
    assert.deepEqual(settingsOf(broker), [
      'min.insync.replicas=2@14:28-29',
      'default.replication.factor=?@15:35-63',
    ]);
    assert.equal(broker?.open, true);
    assert.deepEqual(settingsOf(topic), [
      'cleanup.policy=compact@28:21-28',
      'retention.ms=1@29:19-20',
    ]);
    assert.equal(topic?.open, undefined);
    assert.equal(topics[0] && shown(topics[0].name.value), '?');
    assert.deepEqual(
      resources.map(({ kind, open }) => [kind, open]),
      [
        ['Kafka', true],
        ['KafkaTopic', undefined],
      ],
    );
  });
});
