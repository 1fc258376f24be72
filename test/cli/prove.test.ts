/** `krafter check --prove`: what Kafka's own classes say, of files that try to do something else. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { execa } from 'execa';

const main = join(import.meta.dirname, '../../src/cli/main.ts');
const root = mkdtempSync(join(tmpdir(), 'krafter-prove-test-'));
const put = (path: string, lines: readonly string[]) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), `${lines.join('\n')}\n`);
};
const prove = (...words: string[]) =>
  execa(process.execPath, [main, 'check', '--prove', ...words], {
    cwd: root,
    reject: false,
    timeout: 600_000,
  });

type Proofs = { configurations: { file: string; verdict: string; says?: string }[] };
const proofs = async (...words: string[]) => {
  const { stdout, stderr, exitCode } = await prove('--json', ...words);
  assert.ok(stdout.startsWith('{'), stderr);
  const { configurations } = JSON.parse(stdout) as Proofs;
  return { exitCode, of: new Map(configurations.map((one) => [one.file, one])) };
};

const client = ['bootstrap.servers=kafka:9092', 'key.serializer=com.acme.Orders'];

before(() => {
  put('good/server.properties', [
    'process.roles=broker,controller',
    'node.id=1',
    'controller.quorum.bootstrap.servers=localhost:9093',
    'listeners=PLAINTEXT://:9092,CONTROLLER://:9093',
    'controller.listener.names=CONTROLLER',
    'metric.reporters=com.acme.Reporter',
  ]);
  put('bad/server.properties', [
    'process.roles=broker',
    'node.id=1',
    'listeners=PLAINTEXT://:9092',
    'log.dirs=/var/lib/kafka',
  ]);
  put('producer.properties', [...client, 'acks=1', 'enable.idempotence=true']);
  put('patient-producer.properties', [
    ...client,
    'delivery.timeout.ms=100',
    'request.timeout.ms=30000',
  ]);
  put('unknown-producer.properties', [...client, `acks=\${ACKS}`]);
  put('hostile-producer.properties', [
    ...client,
    'interceptor.classes=com.acme.Spy',
    'sasl.mechanism=PLAIN',
    'security.protocol=SASL_SSL',
    `sasl.jaas.config=com.sun.security.auth.module.JndiLoginModule required user.provider.url="ldap://127.0.0.1:1/x";`,
    'ssl.truststore.location=/etc/shadow',
    'config.providers=file',
    'config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider',
  ]);
});
after(() => rmSync(root, { recursive: true, force: true }));

describe('krafter check --prove', () => {
  it("tells Kafka's own words, and exits with 1", async () => {
    const { exitCode, of } = await proofs();
    assert.equal(exitCode, 1);
    assert.deepEqual(
      [...of].map(([file, { verdict }]) => [file, verdict]),
      [
        ['bad/server.properties', 'refused'],
        ['good/server.properties', 'accepted'],
        ['hostile-producer.properties', 'accepted'],
        ['patient-producer.properties', 'refused'],
        ['producer.properties', 'refused'],
        ['unknown-producer.properties', 'not asked'],
      ],
    );
    assert.match(of.get('bad/server.properties')?.says ?? '', /controller\.listener\.names/);
    assert.match(of.get('patient-producer.properties')?.says ?? '', /delivery\.timeout\.ms/);
    assert.match(of.get('producer.properties')?.says ?? '', /acks to all/);
  });

  it('asks about one file, as people read it', async () => {
    const { stdout, exitCode } = await prove('good/server.properties');
    assert.equal(exitCode, 0);
    assert.match(stdout, /Kafka \S+ takes 1 of 1; 0 not asked\./);
    for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
  });

  it('leaves nothing behind, and writes nothing', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'krafter-prove-tmp-'));
    const files = readdirSync(root, { recursive: true });
    await execa(process.execPath, [main, 'check', '--prove', 'good'], {
      cwd: root,
      env: { TMPDIR: temporary },
    });
    assert.deepEqual(readdirSync(root, { recursive: true }), files);
    assert.deepEqual(readdirSync(temporary), []);
    rmSync(temporary, { recursive: true });
  });

  it('says so where there is nothing to ask', async () => {
    put('empty/notes.txt', ['nothing']);
    const { stdout, exitCode } = await prove('empty');
    assert.equal(exitCode, 0);
    assert.match(stdout, /Nothing here/);
  });
});
