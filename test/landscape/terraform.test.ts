import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { landscapeIn, landscapeOfTexts, settingsOf, shown } from './facts.ts';

describe('Terraform', () => {
  it('has topics with their settings, whatever the provider calls them', async () => {
    const { topics } = await landscapeIn('terraform', 'kafka.tf');
    assert.deepEqual(
      topics.map(({ name, partitions, replicationFactor, configuration, by }) => [
        by,
        ...[name, partitions, replicationFactor].map((one) => one && shown(one.value)),
        ...settingsOf(configuration),
      ]),
      [
        [
          ...['kafka_topic', 'orders.v1', '12', '3', 'cleanup.policy=compact@10:24-33'],
          'retention.ms=?@11:24-37',
        ],
        ['aiven_kafka_topic', '?', '6', '2', 'min.insync.replicas=2@20:27-28'],
      ],
    );
  });

  it('has rights in the words of Kafka', async () => {
    const { acls } = await landscapeIn('terraform', 'kafka.tf');
    assert.deepEqual(
      acls.map(({ principal, operations, resource, pattern, at }) => [
        ...[shown(principal.value), ...operations, resource, pattern, at.line],
      ]),
      [['User:sa-123', 'DescribeConfigs', 'transactional-id', 'prefixed', 24]],
    );
  });

  it('has the properties of MSK with their places in the heredoc', async () => {
    const { configurations } = await landscapeIn('terraform', 'kafka.tf');
    const broker = configurations.find(({ kind }) => kind === 'broker');
    assert.deepEqual(settingsOf(broker), [
      'auto.create.topics.enable=false@37:33-38',
      'num.partitions=?@38:22-39',
      'unclean.leader.election.enable=true@39:38-42',
    ]);
    assert.equal(broker?.open, true);
  });

  it('has the blocks of a cluster by path', async () => {
    const { resources } = await landscapeIn('terraform', 'kafka.tf');
    const iam = resources[0]?.fields.get('client_authentication.sasl.iam');
    assert.equal(iam && shown(iam.value), 'true');
  });

  it('goes on behind what it does not understand', async () => {
    const { topics, unread } = await landscapeOfTexts({
      'a.tf':
        'resource "kafka_topic" "a" {\n  name = "a"\n  partitions = = 3\n}\nresource "kafka_topic" "b" {\n  name = "b"\n}\n',
    });
    assert.deepEqual(
      topics.map(({ name }) => shown(name.value)),
      ['a', 'b'],
    );
    assert.deepEqual(unread, []);
  });

  it('that is far too deep, or nonsense, gives nothing, soon', async () => {
    const start = performance.now();
    const { topics } = await landscapeOfTexts({
      'a.tf': 'resource "kafka_topic" {{{ = "',
      'b.tf': `kafka = ${'['.repeat(100_000)}`,
      'c.tf': '# kafka\nresource "a" "b" {\n'.repeat(6_000),
      'd.tf': '# kafka\n= " $ % ) ]'.repeat(10_000),
      'e.tf': '# kafka\na = <<X\n'.repeat(10_000),
    });
    assert.deepEqual(topics, []);
    assert.ok(performance.now() - start < 8_000);
  });
});
