import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { landscapeIn, landscapeOfTexts, settingsOf, shown } from './facts.ts';

describe('what Kubernetes runs', () => {
  it('a file of properties in a ConfigMap has its places in the manifest', async () => {
    const { configurations } = await landscapeIn('kubernetes', 'workloads.yaml');
    assert.equal(configurations.length, 1);
    assert.deepEqual(settingsOf(configurations[0]), [
      'node.id=1@9:13-14',
      'process.roles=broker@10:19-25',
      'min.insync.replicas=2@11:29-30',
      'listeners=PLAINTEXT://:9092,SSL://:9093@12:15-26',
    ]);
    assert.equal(configurations[0]?.open, undefined);
  });

  it('a container has its image, limits, mounts and settings, those of a ConfigMap too', async () => {
    const { workloads } = await landscapeIn('kubernetes', 'workloads.yaml');
    const [kafka, topics] = workloads;
    assert.equal(kafka?.runs, 'broker');
    assert.equal(kafka?.network, 'streams');
    assert.deepEqual(
      { ...kafka?.image, at: undefined },
      {
        name: 'registry.example.org:5000/apache/kafka',
        tag: '4.3.1',
        digest: 'sha256:abc123',
        at: undefined,
      },
    );
    assert.deepEqual(
      kafka?.environment.map(
        ({ key, value, valueAt }) => `${key}=${shown(value)}@${valueAt.line}:${valueAt.column}`,
      ),
      [
        ...['KAFKA_LOG_DIRS=/var/lib/kafka@6:19', 'KAFKA_NODE_ID=?@33:21'],
        ...['DIRS=/var/lib/kafka@6:19', 'KAFKA_HEAP_OPTS=-Xmx1g@43:22'],
      ],
    );
    assert.deepEqual(
      kafka?.mounts.map(({ target, kind }) => `${target} ${kind}`),
      ['/var/lib/kafka claim', '/tmp anonymous'],
    );
    assert.equal(kafka?.memoryLimit?.bytes, 2 ** 31);
    assert.equal(kafka?.replicas && shown(kafka.replicas.value), '3');
    assert.equal(topics?.runs, 'tool');
  });

  it('a ConfigMap of the same folder is found; one that is elsewhere leaves its settings unknown', async () => {
    const deployment = [
      'apiVersion: apps/v1',
      'kind: Deployment',
      'metadata: { name: orders }',
      'spec:',
      '  template:',
      '    spec:',
      '      containers:',
      '        - name: orders',
      '          image: orders',
      '          env:',
      '            - name: KAFKA_BROKERS',
      '              valueFrom: { configMapKeyRef: { name: orders, key: brokers } }',
    ].join('\n');
    const map =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: orders }\ndata:\n  brokers: kafka:9092\n';
    const { workloads } = await landscapeOfTexts({
      'orders/deployment.yaml': deployment,
      'orders/configmap.yaml': map,
      'other/deployment.yaml': deployment,
    });
    assert.deepEqual(
      workloads.map(({ environment }) => environment.map(({ value }) => shown(value))),
      [['kafka:9092'], ['?']],
    );
  });

  it('brokers that share a ConfigMap get the rest when they start', async () => {
    const { configurations } = await landscapeOfTexts({
      'kafka.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: kafka }\ndata:\n  server.properties: |\n    process.roles=broker\n',
    });
    assert.equal(configurations[0]?.open, true);
  });
});
