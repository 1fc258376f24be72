import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Environment, Part } from '../application.ts';
import type { Check, Context } from '../check.ts';
import { eventually } from '../eventually.ts';

export const security: Check = {
  number: 14,
  title:
    'in by password, certificate or token; what is wrong with them ends it with 3 and one line',
  async run(context) {
    const ca = join(context.folder, 'other-ca.pem');
    await execa('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-subj', '/CN=somebody-else', '-days', '1'],
      ...['-keyout', join(context.folder, 'other-ca.key'), '-out', ca],
    ]);
    const { doors, topic } = context;
    await doors.createTopic(topic);
    await doors.createTopic(context.deadLetters);
    for (const [door, environment] of [
      ['a certificate', doors.mutualTls],
      ['a token', doors.tokens],
    ] as const)
      await comesIn(context, door, environment);
    const notPem = join(context.folder, 'not.pem');
    writeFileSync(notPem, 'nothing');
    for (const part of ['producer', 'consumer'] as const) {
      const wrongSecret = { ...doors.tokens, KAFKA_OAUTH_CLIENT_SECRET: 'wrong' };
      await ends(context, part, wrongSecret, 3, /token|oauth|401|invalid_client/i);
      await ends(context, part, doors.expired, 3, /expired|validity|certificate/i);
      await ends(
        context,
        part,
        { KAFKA_SASL_PASSWORD: 'wrong' },
        3,
        /uthentication|credential|password|SASL/,
      );
      await ends(context, part, { KAFKA_SSL_CA_FILE: ca }, 3, /certificate|trust|PKIX|SSL|TLS/i);
      await ends(context, part, doors.misnamed, 3, /certificate|host|subject|SAN|altnames/i);
      await ends(context, part, { KAFKA_SSL_CA_FILE: notPem }, 2, /KAFKA_SSL_CA_FILE/);
      await ends(context, part, { KAFKA_SASL_USERNAME: '' }, 2, /KAFKA_SASL_USERNAME/);
    }
    return { refusedWith3: 10, refusedWith2: 4, mutualTls: true, oauthbearer: true };
  },
};

/** An event, through both services, by another door. */
async function comesIn(
  { app, producer, consumer, folder, group }: Context,
  door: string,
  environment: Environment,
): Promise<void> {
  const word = door.split(' ')[1];
  const clear = { KAFKA_SASL_USERNAME: '', KAFKA_SASL_PASSWORD: '', ...environment };
  const sender = await producer(clear);
  const receiver = await consumer({
    ...clear,
    KAFKA_GROUP_ID: `${group}.${word}`,
    DATABASE_URL: `sqlite:///${join(folder, `${word}.db`)}`,
  });
  await Promise.all([sender.ready(), receiver.ready()]);
  const [event] = await app.events(1, 14);
  const response = await sender.post(event);
  assert.equal(response.status, 202, `${door}: ${await response.text()}`);
  await eventually(`${door}: the event arrives`, 30_000, async () => {
    return (await receiver.json<{ events: number }>('/stats')).events > 0;
  });
  assert.equal(await receiver.end('SIGTERM'), 0);
  assert.equal(await sender.end('SIGTERM'), 0);
}

async function ends(
  { app, environment, cluster }: Context,
  part: Part,
  wrong: Environment,
  code: number,
  says: RegExp,
): Promise<void> {
  const what = `${part} with ${Object.keys(wrong)}`;
  const service = await app.start(part, environment(part, wrong));
  try {
    const ended = await service.exit(45_000).catch(() => 'it goes on');
    assert.equal(ended, code, `${what}: ${service.output().slice(-800)}`);
  } finally {
    await service.end('SIGKILL');
  }
  const lines = service.lines();
  const clear = lines.filter(
    ({ level, message }) => /^(error|critical)$/.test(String(level)) && says.test(String(message)),
  );
  assert.ok(clear.length > 0, `${what}: no line says why:\n${service.output().slice(-800)}`);
  assert.ok(lines.length < 30, `${what}: ${lines.length} lines`);
  assert.doesNotMatch(service.output(), /^\s+at .*\(.*:\d+\)$|Traceback/m, `${what}: a stack`);
  assert.ok(!service.output().includes(cluster.consumer.password));
}
