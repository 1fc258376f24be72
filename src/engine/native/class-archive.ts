/**
 * Half of a JVM's start is reading and checking classes. A dynamic archive of them (JEP 350, as
 * Kafka's own Docker image has one) is mapped instead: nodes and tools start a quarter sooner.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { freePort } from './ports.ts';

/** The JVM's flags for an archive; without the file, or after a change of jars, it starts as ever. */
export const withArchive = (file: string): string[] => [
  '-Xshare:auto',
  `-XX:SharedArchiveFile=${file}`,
  '-Xlog:cds*=off',
];

/** Where the archive of this Java lies: another can't map it. */
export async function archiveFor(java: string, home: string): Promise<string> {
  const { all } = await execa(java, ['-version'], { all: true, reject: false, timeout: 20_000 });
  const version = createHash('sha256').update(String(all)).digest('hex').slice(0, 16);
  return join(home, `classes-${version}.jsa`);
}

/** Makes an archive, once, of what a broker loads that is started, asked for a topic and ended. */
export async function makeArchive(java: string, file: string, signal: AbortSignal): Promise<void> {
  if (existsSync(file)) return;
  const home = dirname(file);
  const work = mkdtempSync(`${file}.`);
  const end = new AbortController();
  try {
    const port = await freePort(29_092, new Set());
    const controllerPort = await freePort(port + 1, new Set([port]));
    const made = join(work, 'classes.jsa');
    writeFileSync(join(work, 'server.properties'), server(work, port, controllerPort));
    writeFileSync(join(work, 'client.properties'), client);
    const stores = ['-storetype', 'PKCS12', '-keystore', 'store.p12', '-storepass', password];
    await execa(
      keytool(java),
      ['-genkeypair', '-alias', 'localhost', '-dname', 'CN=localhost', '-keyalg', 'RSA', ...stores],
      { cwd: work, stdio: 'ignore', reject: false, timeout: 60_000, cancelSignal: signal },
    );
    const run = (args: readonly string[], cancelSignal = signal) =>
      execa(java, ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', ...args], {
        cwd: work,
        stdio: 'ignore',
        reject: false,
        timeout: 120_000,
        // The archive is written when the broker has ended.
        forceKillAfterDelay: 60_000,
        cancelSignal,
      });
    const logging = `-Dlog4j2.configurationFile=${join(home, 'bin', 'log4j2.yaml')}`;
    const classes = [logging, '-cp', `${join(home, 'libs')}/*`];
    const properties = join(work, 'server.properties');
    const storage = ['kafka.tools.StorageTool', 'format', '--standalone', '--config', properties];
    const identity = ['--cluster-id', randomBytes(16).toString('base64url')];
    const user = ['--add-scram', `SCRAM-SHA-512=[name=admin,password=${password}]`];
    await run([...classes, ...storage, ...identity, ...user]);
    const broker = run(
      [`-XX:ArchiveClassesAtExit=${made}`, ...classes, 'kafka.Kafka', properties],
      AbortSignal.any([signal, end.signal]),
    );
    await run([
      ...classes,
      'org.apache.kafka.tools.TopicCommand',
      ...['--bootstrap-server', `127.0.0.1:${port}`],
      ...['--command-config', join(work, 'client.properties')],
      ...['--create', '--topic', 'first'],
    ]);
    end.abort();
    await broker;
    signal.throwIfAborted();
    if (existsSync(made)) renameSync(made, file);
  } finally {
    end.abort();
    rmSync(work, { recursive: true, force: true });
  }
}

/** Beside the java that runs. */
const keytool = (java: string): string =>
  java === 'java' ? 'keytool' : join(dirname(java), 'keytool');

/** Guards nothing: the broker lives for seconds, on loopback, without data. */
const password = 'training';

const login = `org.apache.kafka.common.security.scram.ScramLoginModule required username="admin" password="${password}";`;

/** With what secured projects load: TLS, SCRAM, an authorizer. */
const server = (folder: string, port: number, controllerPort: number): string => `
process.roles=broker,controller
node.id=1
listeners=CLIENT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=CLIENT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=CLIENT
listener.security.protocol.map=CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT
controller.quorum.bootstrap.servers=127.0.0.1:${controllerPort}
sasl.enabled.mechanisms=SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
listener.name.client.scram-sha-512.sasl.jaas.config=${login}
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:admin;User:ANONYMOUS
listener.name.client.ssl.keystore.type=PKCS12
listener.name.client.ssl.keystore.location=${join(folder, 'store.p12')}
listener.name.client.ssl.keystore.password=${password}
listener.name.client.ssl.truststore.type=PKCS12
listener.name.client.ssl.truststore.location=${join(folder, 'store.p12')}
listener.name.client.ssl.truststore.password=${password}
listener.name.client.ssl.endpoint.identification.algorithm=
offsets.topic.replication.factor=1
log.dirs=${join(folder, 'data')}
`;

const client = `
security.protocol=SASL_SSL
ssl.truststore.type=PKCS12
ssl.truststore.location=store.p12
ssl.truststore.password=${password}
ssl.endpoint.identification.algorithm=
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=${login}
`;
