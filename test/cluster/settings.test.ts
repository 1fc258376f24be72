import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { clusterAccess, type SettingsSource } from '../../src/cluster/settings.ts';
import { ClusterTrouble } from '../../src/cluster/trouble.ts';
import { scratch } from '../support/krafter.ts';

const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

function withFiles(files: Readonly<Record<string, string>>, run: (folder: string) => void): void {
  const { folder, remove } = scratch();
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    run(folder);
  } finally {
    remove();
  }
}

test('the environment alone is enough, in the names of the images of Kafka', () => {
  const env = {
    KAFKA_BOOTSTRAP_SERVERS: 'one:9092, two:9093',
    KAFKA_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
    KAFKA_SASL_MECHANISM: 'PLAIN',
    KAFKA_SASL_USERNAME: 'ann',
    KAFKA_SASL_PASSWORD: 'p',
  };
  assert.deepEqual(clusterAccess({ env }), {
    bootstrap: ['one:9092', 'two:9093'],
    sasl: { mechanism: 'PLAIN', username: 'ann', password: 'p' },
  });
});

test('a file of Kafka: escapes, jaas, PEM stores and values of the environment', () => {
  withFiles(
    {
      'ca.pem': pem,
      'client.properties': [
        'bootstrap.servers=file:9092',
        'security.protocol = SASL_SSL',
        'sasl.mechanism=SCRAM-SHA-512',
        'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\',
        `  username="ann \\\\"the\\\\" first" password="\${env:PASSWORD}";`,
        'config.providers=env',
        'ssl.truststore.type=PEM',
        'ssl.truststore.location=CA',
        'group.id=not.of.an.administrator',
      ].join('\n'),
    },
    (folder) => {
      const file = join(folder, 'client.properties');
      const ca = join(folder, 'ca.pem');
      const env = { PASSWORD: 'p w', KAFKA_SSL_TRUSTSTORE_LOCATION: ca };
      assert.deepEqual(clusterAccess({ file, env }), {
        bootstrap: ['file:9092'],
        tls: { ca: { file: ca } },
        sasl: { mechanism: 'SCRAM-SHA-512', username: 'ann "the" first', password: 'p w' },
      });
      assert.deepEqual(
        clusterAccess({ file, bootstrapServers: 'flag:1', env }).bootstrap,
        ['flag:1'],
        'a flag comes before the environment, and that before the file',
      );
    },
  );
});

test('mutual TLS from one PEM file, and names that are not verified only when that is said', () => {
  withFiles({ 'me.pem': pem }, (folder) => {
    const me = join(folder, 'me.pem');
    const env = {
      KAFKA_BOOTSTRAP_SERVERS: '[::1]:9093',
      KAFKA_SECURITY_PROTOCOL: 'SSL',
      KAFKA_SSL_KEYSTORE_LOCATION: me,
      KAFKA_SSL_KEY_PASSWORD: 'k',
      KAFKA_SSL_TRUSTSTORE_CERTIFICATES: pem,
    };
    assert.deepEqual(clusterAccess({ env }).tls, {
      ca: { text: pem },
      certificate: { file: me },
      key: { file: me },
      keyPassword: 'k',
    });
    const loose = { ...env, KAFKA_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM: '' };
    assert.equal(clusterAccess({ env: loose }).tls?.anyName, true);
  });
});

test('a token comes from an endpoint or from a file', () => {
  const env = {
    KAFKA_BOOTSTRAP_SERVERS: 'one:9092',
    KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
    KAFKA_SASL_MECHANISM: 'OAUTHBEARER',
    KAFKA_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL: 'https://id.example/token',
    KAFKA_SASL_JAAS_CONFIG:
      'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId="a" clientSecret="s" scope="kafka";',
  };
  assert.deepEqual(clusterAccess({ env }).sasl, {
    mechanism: 'OAUTHBEARER',
    token: {
      endpoint: 'https://id.example/token',
      clientId: 'a',
      clientSecret: 's',
      scope: 'kafka',
    },
  });
  const fromFile = { ...env, KAFKA_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL: 'file:///run/token' };
  assert.deepEqual(clusterAccess({ env: fromFile }).sasl, {
    mechanism: 'OAUTHBEARER',
    token: { file: '/run/token' },
  });
});

const secret = 'hunter2-never-said';
const at = { KAFKA_BOOTSTRAP_SERVERS: 'one:9092' };
const refusals: readonly (readonly [
  name: string,
  source: SettingsSource,
  kind: string,
  next: RegExp,
])[] = [
  ['nothing', { env: {} }, 'invalid', /KAFKA_BOOTSTRAP_SERVERS=host:port/],
  [
    'a scheme',
    { env: { KAFKA_BOOTSTRAP_SERVERS: `kafka://${secret}:1` } },
    'invalid',
    /without a scheme/,
  ],
  [
    'an unknown protocol',
    { env: { ...at, KAFKA_SECURITY_PROTOCOL: secret } },
    'invalid',
    /SASL_SSL/,
  ],
  ['a missing file', { file: '/nowhere/x', env: at }, 'not-found', /path/],
  [
    'Kerberos',
    { env: { ...at, KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', KAFKA_SASL_PASSWORD: secret } },
    'unsupported',
    /SCRAM-SHA-512/,
  ],
  [
    'a login without a user',
    {
      env: {
        ...at,
        KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
        KAFKA_SASL_MECHANISM: 'PLAIN',
        KAFKA_SASL_PASSWORD: secret,
      },
    },
    'invalid',
    /KAFKA_SASL_USERNAME/,
  ],
];
for (const [name, source, kind, next] of refusals)
  test(`refused with what to do, and without what was given: ${name}`, () => {
    assert.throws(
      () => clusterAccess(source),
      (error: unknown) => {
        assert.ok(error instanceof ClusterTrouble);
        assert.equal(error.kind, kind);
        assert.match(error.trouble.next ?? '', next);
        assert.doesNotMatch(JSON.stringify(error.trouble), new RegExp(secret));
        return true;
      },
    );
  });

test('a store of Java is refused, a variable that is not set too', () => {
  withFiles(
    {
      'trust.jks': '\xfe\xed\xfe\xed',
      'a.properties': `sasl.jaas.config=\${env:NOT_SET}\nconfig.providers=env`,
    },
    (folder) => {
      const env = {
        ...at,
        KAFKA_SECURITY_PROTOCOL: 'SSL',
        KAFKA_SSL_TRUSTSTORE_LOCATION: join(folder, 'trust.jks'),
      };
      assert.throws(() => clusterAccess({ env }), { kind: 'unsupported' });
      const file = join(folder, 'a.properties');
      assert.throws(() => clusterAccess({ file, env: at }), /NOT_SET/);
    },
  );
});
