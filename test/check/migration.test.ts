import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KafkaRelease } from '../../src/catalog/kafka-keys/key.ts';
import { migration } from '../../src/check/migration.ts';
import { ProjectFile } from '../../src/files/project-file.ts';
import { type Facts, landscapeOf } from '../../src/landscape/facts/index.ts';
import { readLandscape } from '../../src/landscape/read.ts';

const at = { file: 'a', line: 1, column: 1, endLine: 1, endColumn: 2 };

async function steps(text: string, from: KafkaRelease, to: KafkaRelease, more: Facts = {}) {
  const file = new ProjectFile('a.properties', text);
  const read = await readLandscape([file], { file: () => file }, from);
  const found = await migration(landscapeOf([read, more]), from, to);
  return found.map(({ when, says }) => `${when}: ${says}`);
}

const broker = 'process.roles=broker\nnode.id=1\ncontroller.quorum.bootstrap.servers=c:9093\n';

describe('the way to another release', () => {
  it('says what goes, what is refused, what will be different, and how it is finished, in order', async () => {
    const text = `${broker}log.message.timestamp.difference.max.ms=5\nlog.segment.bytes=1000\n`;
    assert.deepEqual(await steps(text, '3.9', '4.3'), [
      'before: log.message.timestamp.difference.max.ms (broker) is gone: The past and the future have a limit each.',
      'before: log.segment.bytes=1000 is refused: it is less than 1048576.',
      'with: The default of log.message.timestamp.after.max.ms (broker) goes from 9223372036854775807 to 3600000.',
      'with: The default of group.coordinator.rebalance.protocols (broker) goes from classic to classic,consumer,streams.',
      "after: The cluster's features are still those before 4.3.",
    ]);
  });

  it('is empty where nothing changes, and says nothing of what is newer already', async () => {
    assert.deepEqual(await steps(broker, '4.3', '4.3'), []);
    assert.deepEqual(await steps(broker, '4.3', '4.0'), []);
  });

  it('tells a producer of linger.ms, unless it is set', async () => {
    const producer = 'bootstrap.servers=a:1\nacks=all\nmetadata.recovery.strategy=none\n';
    assert.deepEqual(await steps(producer, '3.9', '4.0'), [
      'with: The default of linger.ms (producer) goes from 0 to 5.',
    ]);
    assert.deepEqual(await steps(`${producer}linger.ms=0\n`, '3.9', '4.0'), []);
    assert.deepEqual(await steps(producer, '4.0', '4.3'), []);
  });

  it('finds flags, classes, old clients and ZooKeeper, whoever read them', async () => {
    const word = (known: string) => ({ value: { known }, at });
    const found = await steps('', '3.9', '4.0', {
      commands: [
        { tool: 'kafka-topics', at, words: [word('--zookeeper'), word('z:2181')] },
        { tool: 'kafka-console-consumer', at, words: [word('--whitelist=a')] },
        { tool: 'kafka-topics', at, words: [word('--list')] },
      ],
      names: [{ name: 'org.apache.kafka.clients.producer.UniformStickyPartitioner', at }],
      dependencies: [
        { from: 'maven', name: 'org.apache.kafka:kafka-clients', version: { known: '1.1.1' }, at },
        { from: 'maven', name: 'org.apache.kafka:kafka-clients', version: { known: '3.7.0' }, at },
        { from: 'maven', name: 'org.apache.kafka:kafka-clients', at },
      ],
    });
    assert.deepEqual(found, [
      'before: kafka-topics has no --zookeeper any more.',
      'before: kafka-console-consumer has no --whitelist any more.',
      'before: org.apache.kafka:kafka-clients 1.1.1 is too old for these brokers.',
      'with: The class org.apache.kafka.clients.producer.UniformStickyPartitioner is gone.',
    ]);
  });

  it('knows classes in values, and places of all who say the same', async () => {
    const file = (path: string) =>
      new ProjectFile(
        path,
        `${broker}authorizer.class.name=kafka.security.authorizer.AclAuthorizer\n`,
      );
    const files = [file('a.properties'), file('b.properties')];
    const landscape = await readLandscape(files, { file: () => undefined }, '3.9');
    const found = await migration(landscape, '3.9', '4.0');
    const gone = found.find(({ says }) => says.includes('AclAuthorizer'));
    assert.deepEqual(
      gone?.places.map((place) => place.file),
      ['a.properties', 'b.properties'],
    );
  });
});
