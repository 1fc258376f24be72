import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { initialControllers } from '../../../src/artifacts/broker/cluster-files.ts';
import { brokerProperties } from '../../../src/artifacts/broker/properties.ts';
import { projectArtifacts } from '../../../src/artifacts/index.ts';
import { propertiesFile } from '../../../src/artifacts/properties-file.ts';
import type { Distribution } from '../../../src/engine/native/distribution.ts';
import { bootstrapServers, byListener, type NodePlacement } from '../../../src/model/placement.ts';
import { isSecured, type Platform, scramUsers } from '../../../src/model/platform.ts';

const run = promisify(execFile);

export type LoopbackCluster = {
  readonly placement: readonly NodePlacement[];
  /** Runs one of Kafka's tools as the administrator. */
  readonly tool: (main: string, ...args: string[]) => Promise<string>;
  /** Ends a node as a power failure would. */
  readonly kill: (node: string) => void;
  readonly stop: () => void;
};

export function writeProject(project: string, platform: Platform): void {
  for (const { path, content, mode } of projectArtifacts(platform)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), content);
    chmodSync(join(project, path), mode);
  }
  if (!isSecured(platform)) return;
  for (const script of ['security/secrets.sh', 'security/certs.sh']) {
    execFileSync(join(project, script), { stdio: 'pipe', timeout: 60_000 });
  }
}

/** The nodes of a written project on 127.0.0.1, with the exporter in each. */
export async function startCluster(
  project: string,
  platform: Platform,
  { libs, exporter }: Distribution,
): Promise<LoopbackCluster> {
  const [cluster] = platform.clusters;
  const placement: NodePlacement[] = [];
  for (const node of cluster.nodes) {
    const [exporterPort = 0, ...ports] = await freePorts(1 + cluster.listeners.length);
    const at = (host: string) =>
      byListener(cluster, (listener) => ({
        host,
        port: ports[cluster.listeners.indexOf(listener)] as number,
      }));
    placement.push({
      node,
      bind: at('127.0.0.1'),
      advertised: at('localhost'),
      dataDirectory: join(project, 'data', node.name),
      keyStore: join(project, 'security/secrets', `${node.name}.pem`),
      trustStore: join(project, 'security/secrets/ca.pem'),
      exporterPort,
    });
  }
  const env = { ...process.env, ...readSecrets(project, platform) };
  const java = (...args: string[]) => [...flags, '-cp', `${libs}/*`, ...args];
  const children: ChildProcess[] = [];
  const stop = () => {
    for (const child of children) child.kill('SIGKILL');
  };
  try {
    for (const place of placement) {
      const config = join(project, 'data', `${place.node.name}.properties`);
      mkdirSync(place.dataDirectory, { recursive: true });
      writeFileSync(config, propertiesFile('', brokerProperties(platform, placement, place)));
      const format = ['format', '--cluster-id', cluster.id, '--config', config];
      const quorum = place.node.roles.includes('controller')
        ? ['--initial-controllers', initialControllers(cluster, placement)]
        : ['--no-initial-controllers'];
      const users = scramUsers(cluster).flatMap(({ name, variable }) => [
        '--add-scram',
        `SCRAM-SHA-512=[name=${name},password=${env[variable]}]`,
      ]);
      await run('java', java('kafka.tools.StorageTool', ...format, ...quorum, ...users), {
        env,
        timeout: 60_000,
      });
      const log = openSync(join(project, 'data', `${place.node.name}.log`), 'w');
      children.push(
        spawn(
          'java',
          [
            `-javaagent:${exporter}=127.0.0.1:${place.exporterPort}:${project}/monitoring/jmx-exporter.yml`,
            `-Dlog4j2.configurationFile=${project}/kafka/log4j2.yaml`,
            `-Dkafka.logs.dir=${project}/data`,
            ...java('kafka.Kafka', config),
          ],
          { env, stdio: ['ignore', log, log] },
        ),
      );
    }
  } catch (error) {
    stop();
    throw error;
  }
  const clientConfig = join(project, 'data', 'admin.properties');
  writeFileSync(clientConfig, adminProperties(project, platform, env));
  const servers = bootstrapServers(cluster, placement, 'clients');
  const tool = async (main: string, ...args: string[]) => {
    const words = args.map((arg) =>
      arg.replace('BOOTSTRAP', servers).replace('CONFIG', clientConfig),
    );
    const { stdout } = await run('java', java(main, ...words), { env, timeout: 90_000 });
    return stdout;
  };
  const kill = (name: string) =>
    children[placement.findIndex(({ node }) => node.name === name)]?.kill('SIGKILL');
  return { placement, tool, kill, stop };
}

const flags = ['-Xmx320m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

function readSecrets(project: string, platform: Platform): Record<string, string> {
  if (!isSecured(platform)) return {};
  const lines = readFileSync(join(project, '.env'), 'utf8').matchAll(/^(\w+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name, value]));
}

const adminProperties = (project: string, platform: Platform, env: NodeJS.ProcessEnv): string =>
  isSecured(platform)
    ? `security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="admin" password="${env.ADMIN_PASSWORD}";
ssl.truststore.type=PEM
ssl.truststore.location=${project}/security/secrets/ca.pem
`
    : '';

const given = new Set<number>();

/** Below those that the system takes for connections, one of which could be there first. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    ports.push(port);
  }
  return ports;
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
