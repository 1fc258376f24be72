import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Environment, Part } from '../application.ts';
import type { Check, Context } from '../check.ts';

export const security: Check = {
  number: 14,
  title: 'a wrong password, a wrong CA and a wrong host name each end it with 3 and one clear line',
  async run(context) {
    const ca = join(context.folder, 'other-ca.pem');
    await execa('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-subj', '/CN=somebody-else', '-days', '1'],
      ...['-keyout', join(context.folder, 'other-ca.key'), '-out', ca],
    ]);
    const notPem = join(context.folder, 'not.pem');
    writeFileSync(notPem, 'nothing');
    const byAddress = context.cluster.bootstrap.replaceAll('localhost', '127.0.0.2');
    for (const part of ['producer', 'consumer'] as const) {
      await ends(context, part, { KAFKA_SASL_PASSWORD: 'wrong' }, 3, /uthentication|password|SASL/);
      await ends(context, part, { KAFKA_SSL_CA_FILE: ca }, 3, /certificate|trust|PKIX|SSL|TLS/i);
      await ends(
        context,
        part,
        { KAFKA_BOOTSTRAP_SERVERS: byAddress },
        3,
        /certificate|host|subject|SAN|altnames/i,
      );
      await ends(context, part, { KAFKA_SSL_CA_FILE: notPem }, 2, /KAFKA_SSL_CA_FILE/);
      await ends(context, part, { KAFKA_SASL_USERNAME: '' }, 2, /KAFKA_SASL_USERNAME/);
    }
    return { refusedWith3: 6, refusedWith2: 4 };
  },
};

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
    assert.equal(await service.exit(45_000), code, `${what}: ${service.output().slice(-800)}`);
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
