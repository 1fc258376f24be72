import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { landscapeOfTexts, settingsOf } from './facts.ts';

describe('workers of Connect in Compose', () => {
  it("Debezium's image has names of its own, and Kafka's file beneath", async () => {
    const { configurations } = await landscapeOfTexts({
      'compose.yaml': `services: # kafka
  connect:
    image: quay.io/debezium/connect:3.4
    environment:
      - BOOTSTRAP_SERVERS=kafka:9092
      - GROUP_ID=pipes
      - CONNECT_OFFSET_STORAGE_REPLICATION_FACTOR=3
      - CONNECT_LOG4J_LOGGERS=x
      - OTHER=1
`,
    });
    const [worker] = configurations;
    assert.equal(worker?.kind, 'connect-distributed');
    assert.deepEqual(settingsOf(worker), [
      'bootstrap.servers=kafka:9092@5:27-37',
      'group.id=pipes@6:18-23',
      'offset.storage.replication.factor=3@7:51-52',
    ]);
    assert.equal(worker?.settings[0]?.written, 'BOOTSTRAP_SERVERS');
    assert.equal(worker?.beneath?.values.get('config.storage.replication.factor'), '1');
    assert.equal(worker?.beneath?.values.get('group.id'), '1');
  });

  it("an older image's keys are left out, but not those of clients and converters", async () => {
    const { configurations } = await landscapeOfTexts({
      'compose.yaml': `services: # kafka
  connect:
    image: confluentinc/cp-kafka-connect:6.2.0
    environment:
      CONNECT_REST_PORT: 8083
      CONNECT_GROUP_ID: pipes
      CONNECT_PRODUCER_SECURITY_PROTOCOL: SSL
      CONNECT_VALUE_CONVERTER_SCHEMA_REGISTRY_URL: http://registry:8081
`,
    });
    const keys = configurations[0]?.settings.map(({ key }) => key);
    assert.deepEqual(keys, [
      'group.id',
      'producer.security.protocol',
      'value.converter.schema.registry.url',
    ]);
  });
});

describe("MirrorMaker's file", () => {
  it('gives the connectors of each flow that is enabled: common settings, and those of the flow', async () => {
    const { configurations } = await landscapeOfTexts({
      'mm2.properties': `clusters = west, east
west.bootstrap.servers = west-1:9092
replication.factor = 2
west->east.enabled = true
west->east.topics = orders.*
west->east.replication.factor = 3
east->west.enabled = false
sync.group.offsets.enabled = true
topics.blacklist = scratch
`,
    });
    assert.deepEqual(
      configurations.map((one) => [one.kind, one.name, ...settingsOf(one)]).slice(1),
      [
        [
          ...['mirror-source', 'west->east', 'topics.blacklist=scratch@9:20-27'],
          ...['enabled=true@4:22-26', 'topics=orders.*@5:21-29', 'replication.factor=3@6:33-34'],
        ],
        [
          ...['mirror-checkpoint', 'west->east', 'sync.group.offsets.enabled=true@8:30-34'],
          'enabled=true@4:22-26',
        ],
        ['mirror-heartbeat', 'west->east', 'enabled=true@4:22-26'],
      ],
    );
    assert.equal(configurations[0]?.kind, 'mirror-maker');
    assert.equal(configurations[1]?.settings[3]?.written, 'west->east.replication.factor');
  });
});
