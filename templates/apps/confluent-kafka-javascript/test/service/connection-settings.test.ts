import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replaySettings } from '../../src/service/settings.ts';
import { SettingsError } from '../../src/service/variables.ts';
import { pemFiles } from '../support/pem-files.ts';

const { certificateFile, keyFile, otherFile } = pemFiles();

const part = {
  KAFKA_BOOTSTRAP_SERVERS: 'kafka:9092',
  KAFKA_TOPIC: 'events',
  KAFKA_GROUP_ID: 'readers',
  KAFKA_DEAD_LETTER_TOPIC: 'events.dlq',
  KAFKA_SSL_CA_FILE: certificateFile,
};
const scram = {
  ...part,
  KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
  KAFKA_SASL_USERNAME: 'app',
  KAFKA_SASL_PASSWORD: 'secret',
};
const oauth = {
  ...part,
  KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
  KAFKA_SASL_MECHANISM: 'OAUTHBEARER',
  KAFKA_OAUTH_TOKEN_URL: 'https://idp.example.com/token',
  KAFKA_OAUTH_CLIENT_ID: 'app',
  KAFKA_OAUTH_CLIENT_SECRET: 'secret',
};
const mtls = {
  ...part,
  KAFKA_SECURITY_PROTOCOL: 'SSL',
  KAFKA_SSL_CERTIFICATE_FILE: certificateFile,
  KAFKA_SSL_KEY_FILE: keyFile,
};

test('SASL_SSL brings the user, the password and the CA', () => {
  const { security } = replaySettings(scram).connection;
  assert.equal(security.kind, 'scram');
  assert.equal(security.username, 'app');
  assert.equal(security.password, 'secret');
  assert.match(security.ca, /BEGIN CERTIFICATE/);
});

test('OAUTHBEARER brings the client and its token endpoint', () => {
  const { security } = replaySettings({ ...oauth, KAFKA_OAUTH_SCOPE: 'kafka' }).connection;
  assert.equal(security.kind, 'oauth');
  assert.deepEqual(security.client, {
    tokenUrl: 'https://idp.example.com/token',
    id: 'app',
    secret: 'secret',
    scope: 'kafka',
  });
});

test('SSL brings the certificate and its key', () => {
  const { security } = replaySettings(mtls).connection;
  assert.equal(security.kind, 'mtls');
  assert.match(security.certificate, /BEGIN CERTIFICATE/);
  assert.match(security.key, /BEGIN PRIVATE KEY/);
});

const needed = {
  'SASL_SSL and SCRAM-SHA-512': [scram, 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'],
  'SASL_SSL and OAUTHBEARER': [
    oauth,
    'KAFKA_OAUTH_TOKEN_URL',
    'KAFKA_OAUTH_CLIENT_ID',
    'KAFKA_OAUTH_CLIENT_SECRET',
  ],
  SSL: [mtls, 'KAFKA_SSL_CERTIFICATE_FILE', 'KAFKA_SSL_KEY_FILE'],
} as const;
for (const [choice, [environment, ...names]] of Object.entries(needed)) {
  for (const name of [...names, 'KAFKA_SSL_CA_FILE']) {
    test(`${name} is required with ${choice}`, () => {
      assert.throws(() => replaySettings({ ...environment, [name]: undefined }), {
        name: 'SettingsError',
        message: `${name} is required with ${choice}`,
      });
    });
  }
}

for (const [name, file] of [
  ['KAFKA_SSL_CA_FILE', '/nowhere/ca.pem'],
  ['KAFKA_SSL_CERTIFICATE_FILE', otherFile],
  ['KAFKA_SSL_KEY_FILE', certificateFile],
] as const) {
  test(`${name} that is no such file is refused by name`, () => {
    assert.throws(
      () => replaySettings({ ...mtls, [name]: file }),
      (error) =>
        error instanceof SettingsError && error.message.startsWith(`${name} can't be used`),
    );
  });
}
