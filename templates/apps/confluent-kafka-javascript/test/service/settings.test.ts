import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupProtocols, staticMembership } from '../../src/kafka/capabilities.ts';
import {
  consumerSettings,
  producerSettings,
  replaySettings,
  transformerSettings,
} from '../../src/service/settings.ts';
import { SettingsError } from '../../src/service/variables.ts';

const producer = { KAFKA_BOOTSTRAP_SERVERS: 'kafka-1:9092, kafka-2:9092', KAFKA_TOPIC: 'events' };
const consumer = { ...producer, KAFKA_GROUP_ID: 'readers', KAFKA_DEAD_LETTER_TOPIC: 'events.dlq' };
const transformer = {
  ...consumer,
  KAFKA_OUTPUT_TOPIC: 'events.derived',
  KAFKA_TRANSACTIONAL_ID: 'deriver-1',
};

test('what is not said has the defaults of the contract', () => {
  const settings = producerSettings(producer);
  assert.deepEqual(settings, {
    serviceName: 'producer',
    http: { host: '127.0.0.1', port: 8080 },
    connection: {
      clientId: 'producer',
      bootstrapServers: ['kafka-1:9092', 'kafka-2:9092'],
      security: { kind: 'plaintext' },
    },
    topic: 'events',
    logLevel: 'info',
    shutdownTimeoutMs: 10_000,
    deliveryTimeoutMs: 30_000,
    maxInFlight: 10_000,
  });
  const { http, group, maxPollRecords, commitIntervalMs, database } = consumerSettings(consumer);
  assert.deepEqual(
    { http, group, maxPollRecords, commitIntervalMs, database },
    {
      http: { host: '127.0.0.1', port: 8081 },
      group: { id: 'readers', protocol: 'classic', instanceId: undefined },
      maxPollRecords: 500,
      commitIntervalMs: 1000,
      database: { kind: 'sqlite', path: 'data/store.db' },
    },
  );
});

test('the transformer and the replay tool take what they need and no more', () => {
  const { serviceName, http, outputTopic, transactionalId } = transformerSettings(transformer);
  assert.deepEqual(
    { serviceName, http, outputTopic, transactionalId },
    {
      serviceName: 'transformer',
      http: { host: '127.0.0.1', port: 8082 },
      outputTopic: 'events.derived',
      transactionalId: 'deriver-1',
    },
  );
  const { groupId, deadLetterTopic } = replaySettings(consumer);
  assert.deepEqual(
    { groupId, deadLetterTopic },
    { groupId: 'readers', deadLetterTopic: 'events.dlq' },
  );
});

test('the service name is the Kafka client id', () => {
  const { connection } = producerSettings({ ...producer, SERVICE_NAME: 'shop' });
  assert.equal(connection.clientId, 'shop');
});

test('static membership is chosen by a variable, or refused by its name', () => {
  const read = () => consumerSettings({ ...consumer, KAFKA_GROUP_INSTANCE_ID: 'reader-1' });
  if (staticMembership) {
    const group = { id: 'readers', protocol: 'classic', instanceId: 'reader-1' };
    assert.deepEqual(read().group, group);
  } else {
    assert.throws(read, /KAFKA_GROUP_INSTANCE_ID is not possible/);
  }
});

test('a group protocol that the client does not have is refused by name', () => {
  const settings = { consumer: () => consumerSettings, transformer: () => transformerSettings };
  for (const part of ['consumer', 'transformer'] as const) {
    const read = () => settings[part]()({ ...transformer, KAFKA_GROUP_PROTOCOL: 'consumer' });
    if ((groupProtocols[part] as readonly string[]).includes('consumer')) {
      assert.equal(read().group.protocol, 'consumer');
    } else {
      assert.throws(read, /KAFKA_GROUP_PROTOCOL must be classic/);
    }
  }
});

const databases = {
  'sqlite:///data/a.db': { kind: 'sqlite', path: 'data/a.db' },
  'sqlite:////var/lib/a.db': { kind: 'sqlite', path: '/var/lib/a.db' },
  'postgresql://app@db/app': { kind: 'postgresql', url: 'postgresql://app@db/app' },
  'postgresql:///app?host=/run/db': { kind: 'postgresql', url: 'postgresql:///app?host=/run/db' },
};
for (const [url, database] of Object.entries(databases)) {
  test(`${url} is understood`, () => {
    assert.deepEqual(consumerSettings({ ...consumer, DATABASE_URL: url }).database, database);
  });
}

for (const url of [
  'mysql://db/app',
  'sqlite:///',
  'sqlite://store.db',
  'db/app',
  'postgresql://',
  'postgresql:app',
  'postgresql://db:port/app',
  'postgresql://app:pass#word@db/app',
  'postgresql://app:50%@db/app',
]) {
  test(`DATABASE_URL=${url} is refused by name, without its password`, () => {
    assert.throws(
      () => consumerSettings({ ...consumer, DATABASE_URL: url }),
      (error) =>
        error instanceof SettingsError && /^DATABASE_URL must be [^#]*$/.test(error.message),
    );
  });
}

test('what is written is not read again: other topics are refused by name', () => {
  const dead = { ...transformer, KAFKA_DEAD_LETTER_TOPIC: 'events' };
  for (const read of [consumerSettings, transformerSettings, replaySettings]) {
    assert.throws(() => read(dead), /KAFKA_DEAD_LETTER_TOPIC must not be KAFKA_TOPIC/);
  }
  assert.throws(
    () => transformerSettings({ ...transformer, KAFKA_OUTPUT_TOPIC: 'events' }),
    /KAFKA_OUTPUT_TOPIC must not be KAFKA_TOPIC/,
  );
});

const wrong = {
  KAFKA_TOPIC: '',
  KAFKA_BOOTSTRAP_SERVERS: 'kafka',
  KAFKA_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
  KAFKA_SASL_MECHANISM: 'PLAIN',
  KAFKA_OAUTH_TOKEN_URL: 'idp',
  HTTP_PORT: 'eighty',
  MAX_POLL_RECORDS: '0',
  COMMIT_INTERVAL_MS: '1.5',
  SHUTDOWN_TIMEOUT_MS: '-1',
  LOG_LEVEL: 'verbose',
  KAFKA_GROUP_ID: undefined,
  KAFKA_DEAD_LETTER_TOPIC: '',
  KAFKA_GROUP_PROTOCOL: 'eager',
  KAFKA_OUTPUT_TOPIC: '',
  KAFKA_TRANSACTIONAL_ID: undefined,
};
for (const [name, value] of Object.entries(wrong)) {
  test(`${name}=${value ?? ''} is refused by name`, () => {
    assert.throws(
      () =>
        [consumerSettings, transformerSettings].map((read) =>
          read({ ...transformer, [name]: value }),
        ),
      (error) => error instanceof SettingsError && error.message.includes(name),
    );
  });
}
