import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { consumerSettings, producerSettings, SettingsError } from '../../src/service/settings.ts';

const producer = { KAFKA_BOOTSTRAP_SERVERS: 'kafka-1:9092, kafka-2:9092', KAFKA_TOPIC: 'events' };
const consumer = { ...producer, KAFKA_GROUP_ID: 'readers', KAFKA_DEAD_LETTER_TOPIC: 'events.dlq' };
const secure = {
  ...producer,
  KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
  KAFKA_SASL_USERNAME: 'app',
  KAFKA_SASL_PASSWORD: 'secret',
  // Any file will do: it is only read here.
  KAFKA_SSL_CA_FILE: fileURLToPath(import.meta.url),
};

test('what is not said has the defaults of the contract', () => {
  const settings = producerSettings(producer);
  assert.deepEqual(settings, {
    serviceName: 'producer',
    http: { host: '127.0.0.1', port: 8080 },
    kafka: {
      clientId: 'producer',
      bootstrapServers: ['kafka-1:9092', 'kafka-2:9092'],
      security: { kind: 'plaintext' },
      topic: 'events',
    },
    logLevel: 'info',
    shutdownTimeoutMs: 10_000,
    deliveryTimeoutMs: 30_000,
    maxInFlight: 10_000,
  });
  const { http, maxPollRecords, commitIntervalMs, database } = consumerSettings(consumer);
  assert.deepEqual(
    { http, maxPollRecords, commitIntervalMs, database },
    {
      http: { host: '127.0.0.1', port: 8081 },
      maxPollRecords: 500,
      commitIntervalMs: 1000,
      database: { kind: 'sqlite', path: 'data/store.db' },
    },
  );
});

test('the service name is the Kafka client id', () => {
  assert.equal(producerSettings({ ...producer, SERVICE_NAME: 'shop' }).kafka.clientId, 'shop');
});

test('SASL_SSL brings the user, the password and the CA', () => {
  const { security } = producerSettings(secure).kafka;
  assert.equal(security.kind, 'sasl-ssl');
  assert.equal(security.username, 'app');
  assert.equal(security.password, 'secret');
  assert.match(security.ca, /SASL_SSL brings/);
});

const databases = {
  'sqlite:///data/a.db': { kind: 'sqlite', path: 'data/a.db' },
  'sqlite:////var/lib/a.db': { kind: 'sqlite', path: '/var/lib/a.db' },
  'postgresql://app@db/app': { kind: 'postgresql', url: 'postgresql://app@db/app' },
};
for (const [url, database] of Object.entries(databases)) {
  test(`${url} is understood`, () => {
    assert.deepEqual(consumerSettings({ ...consumer, DATABASE_URL: url }).database, database);
  });
}

const wrong = {
  KAFKA_TOPIC: '',
  KAFKA_BOOTSTRAP_SERVERS: 'kafka',
  KAFKA_SECURITY_PROTOCOL: 'SSL',
  HTTP_PORT: 'eighty',
  MAX_POLL_RECORDS: '0',
  COMMIT_INTERVAL_MS: '1.5',
  SHUTDOWN_TIMEOUT_MS: '-1',
  LOG_LEVEL: 'verbose',
  DATABASE_URL: 'mysql://db/app',
  KAFKA_GROUP_ID: undefined,
  KAFKA_DEAD_LETTER_TOPIC: '',
};
for (const [name, value] of Object.entries(wrong)) {
  test(`${name}=${value ?? ''} is refused by name`, () => {
    assert.throws(
      () => consumerSettings({ ...consumer, [name]: value }),
      (error) => error instanceof SettingsError && error.message.includes(name),
    );
  });
}

for (const name of ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD', 'KAFKA_SSL_CA_FILE']) {
  test(`SASL_SSL without ${name} is refused by name`, () => {
    assert.throws(
      () => producerSettings({ ...secure, [name]: undefined }),
      (error) => error instanceof SettingsError && error.message.includes(name),
    );
  });
}

test('a CA file that is not there is refused', () => {
  assert.throws(
    () => producerSettings({ ...secure, KAFKA_SSL_CA_FILE: '/nowhere/ca.pem' }),
    /KAFKA_SSL_CA_FILE can't be read/,
  );
});
