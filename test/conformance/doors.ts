/**
 * One broker with other doors than the platform's: mutual TLS, tokens of an OAuth server, and a
 * certificate that is past its last day. What the platform does not generate yet, clients can
 * already be asked for.
 */
import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { withAdmin } from '../../src/cluster/connect.ts';
import { kafkaDistribution } from '../../src/engine/native/distribution.ts';
import { findJava } from '../../src/engine/native/java.ts';
import { killAll, launch } from '../../src/engine/processes.ts';
import { freePorts } from '../e2e/monitoring/loopback-cluster.ts';
import type { Environment } from './application.ts';
import { eventually } from './eventually.ts';

export type Doors = {
  /** What a service is given to come in by each door. */
  readonly mutualTls: Environment;
  readonly tokens: Environment;
  /** Nobody should come in here: past its last day, and of another host. */
  readonly expired: Environment;
  readonly misnamed: Environment;
  readonly createTopic: (name: string) => Promise<void>;
  readonly end: () => Promise<void>;
};

const anybody = { KAFKA_SASL_USERNAME: 'anybody', KAFKA_SASL_PASSWORD: 'anything' };
const client = { id: 'conformance', secret: 'a-secret-of-the-token-server' };

export async function startDoors(): Promise<Doors> {
  const folder = mkdtempSync(join(tmpdir(), 'krafter-doors-'));
  const [controller = 0, plain = 0, mutual = 0, token = 0, expired = 0, misnamed = 0] =
    await freePorts(6);
  const java = await findJava();
  const { libs } = await kafkaDistribution(java, new AbortController().signal);
  await makeCertificates(folder);
  const issuer = await startTokenServer();
  const file = (name: string) => join(folder, name);
  const keyStore = (listener: string, pem: string) => [
    `listener.name.${listener}.ssl.keystore.type=PEM`,
    `listener.name.${listener}.ssl.keystore.location=${file(pem)}`,
  ];
  const tokensOf = 'listener.name.tokens';
  writeFileSync(
    file('server.properties'),
    [
      'process.roles=broker,controller',
      'node.id=1',
      `controller.quorum.bootstrap.servers=localhost:${controller}`,
      'controller.listener.names=CONTROLLER',
      `listeners=CONTROLLER://localhost:${controller},PLAIN://localhost:${plain},MUTUAL://localhost:${mutual},TOKENS://localhost:${token},EXPIRED://localhost:${expired},MISNAMED://localhost:${misnamed}`,
      `advertised.listeners=PLAIN://localhost:${plain},MUTUAL://localhost:${mutual},TOKENS://localhost:${token},EXPIRED://localhost:${expired},MISNAMED://localhost:${misnamed}`,
      'listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAIN:PLAINTEXT,MUTUAL:SSL,TOKENS:SASL_SSL,EXPIRED:SASL_SSL,MISNAMED:SASL_SSL',
      'inter.broker.listener.name=PLAIN',
      `log.dirs=${file('data')}`,
      'offsets.topic.replication.factor=1',
      'transaction.state.log.replication.factor=1',
      'transaction.state.log.min.isr=1',
      'offsets.topic.num.partitions=1',
      'auto.create.topics.enable=false',
      'group.initial.rebalance.delay.ms=0',
      ...keyStore('mutual', 'broker.pem'),
      'listener.name.mutual.ssl.truststore.type=PEM',
      `listener.name.mutual.ssl.truststore.location=${file('ca.pem')}`,
      'listener.name.mutual.ssl.client.auth=required',
      ...keyStore('tokens', 'broker.pem'),
      `${tokensOf}.sasl.enabled.mechanisms=OAUTHBEARER`,
      `${tokensOf}.oauthbearer.sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;`,
      `${tokensOf}.oauthbearer.sasl.server.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler`,
      `${tokensOf}.sasl.oauthbearer.jwks.endpoint.url=${issuer.url}/keys`,
      `${tokensOf}.sasl.oauthbearer.expected.audience=kafka`,
      ...['expired', 'misnamed'].flatMap((listener) => [
        ...keyStore(listener, `${listener}.pem`),
        `listener.name.${listener}.sasl.enabled.mechanisms=SCRAM-SHA-512`,
        `listener.name.${listener}.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;`,
      ]),
      '',
    ].join('\n'),
  );
  const base = ['-Xmx320m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', `${libs}/*`];
  const format = ['format', '--standalone', '--cluster-id', 'ZG9vcnMtb2YtYS10ZXN0MQ'];
  await execa(
    java,
    [...base, 'kafka.tools.StorageTool', ...format, '--config', file('server.properties')],
    { timeout: 60_000 },
  );
  const broker = await launch({
    command: java,
    args: [
      `-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${issuer.url}/keys`,
      ...base,
      'kafka.Kafka',
      file('server.properties'),
    ],
    cwd: folder,
    env: process.env,
    log: file('broker.log'),
  });
  const end = async () => {
    await killAll([broker]);
    issuer.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const access = { bootstrap: [`localhost:${plain}`] };
  try {
    await eventually('the broker with other doors', 60_000, () =>
      withAdmin(access, async (admin) => {
        await admin.listTopics();
        return true;
      }),
    );
  } catch (error) {
    await end();
    throw error;
  }
  const door = (port: number, protocol: string): Environment => ({
    KAFKA_BOOTSTRAP_SERVERS: `localhost:${port}`,
    KAFKA_SECURITY_PROTOCOL: protocol,
    KAFKA_SSL_CA_FILE: file('ca.pem'),
  });
  return {
    mutualTls: {
      ...door(mutual, 'SSL'),
      KAFKA_SSL_CERTIFICATE_FILE: file('client.crt'),
      KAFKA_SSL_KEY_FILE: file('client.key'),
    },
    tokens: {
      ...door(token, 'SASL_SSL'),
      KAFKA_SASL_MECHANISM: 'OAUTHBEARER',
      KAFKA_OAUTH_TOKEN_URL: `${issuer.url}/token`,
      KAFKA_OAUTH_CLIENT_ID: client.id,
      KAFKA_OAUTH_CLIENT_SECRET: client.secret,
    },
    expired: { ...door(expired, 'SASL_SSL'), ...anybody },
    misnamed: { ...door(misnamed, 'SASL_SSL'), ...anybody },
    createTopic: (name) =>
      withAdmin(access, async (admin) => {
        await admin.createTopics({ topics: [name], partitions: 1, replicas: 1 });
      }),
    end,
  };
}

/** A CA, and by it a broker, a client, a broker of yesterday, and one of another name. */
async function makeCertificates(folder: string): Promise<void> {
  const openssl = (...args: string[]) => execa('openssl', args, { cwd: folder });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await openssl(
    ...['req', '-x509', ...key, '-subj', '/CN=doors', '-days', '2'],
    ...['-keyout', 'ca.key', '-out', 'ca.pem'],
  );
  for (const [name, from, to, host = 'localhost'] of [
    ['broker', '20200101000000Z', '20990101000000Z'],
    ['client', '20200101000000Z', '20990101000000Z'],
    ['expired', '20200101000000Z', '20210101000000Z'],
    ['misnamed', '20200101000000Z', '20990101000000Z', 'elsewhere.example'],
  ] as const) {
    await openssl(
      ...['req', ...key, '-subj', `/CN=${name}`],
      ...['-keyout', `${name}.key`, '-out', `${name}.csr`],
    );
    writeFileSync(join(folder, 'san'), `subjectAltName=DNS:${host}\n`);
    // openssl x509 of Debian 12 can't backdate; openssl ca can.
    writeFileSync(join(folder, 'index'), '');
    writeFileSync(
      join(folder, 'ca.conf'),
      '[ca]\ndefault_ca=own\n[own]\ndatabase=index\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=any\nunique_subject=no\n[any]\ncommonName=supplied\n',
    );
    await openssl(
      ...['ca', '-batch', '-config', 'ca.conf', '-cert', 'ca.pem', '-keyfile', 'ca.key'],
      ...['-extfile', 'san', '-startdate', from, '-enddate', to, '-notext'],
      ...['-in', `${name}.csr`, '-out', `${name}.crt`],
    );
    await execa('sh', ['-c', `cat ${name}.key ${name}.crt ca.pem >${name}.pem`], { cwd: folder });
  }
}

/** Client credentials in, a signed token of five minutes out, and the key that it is checked with. */
async function startTokenServer(): Promise<{ url: string; close: () => void }> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = () => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: client.id, aud: 'kafka', iat: now, exp: now + 300, jti: randomUUID() };
    const text = `${part({ alg: 'RS256', typ: 'JWT', kid: 'one' })}.${part(claims)}`;
    return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
  };
  const server = createServer((request, response) => {
    const say = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/keys') {
      const jwk = publicKey.export({ format: 'jwk' });
      return say(200, { keys: [{ ...jwk, kid: 'one', alg: 'RS256', use: 'sig' }] });
    }
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk;
    });
    request.on('end', () => {
      // By header or by form (RFC 6749, 2.3.1): clients differ.
      const basic = Buffer.from(request.headers.authorization?.split(' ')[1] ?? '', 'base64');
      const [id, secret] = String(basic).split(':').map(decodeURIComponent);
      const form = new URLSearchParams(body);
      const known =
        (id === client.id && secret === client.secret) ||
        (form.get('client_id') === client.id && form.get('client_secret') === client.secret);
      if (!known || form.get('grant_type') !== 'client_credentials')
        return say(401, { error: 'invalid_client' });
      return say(200, { access_token: token(), token_type: 'Bearer', expires_in: 300 });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
