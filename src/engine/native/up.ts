import { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { adminClientPath } from '../../artifacts/clients/index.ts';
import { applyScript } from '../../artifacts/topics/index.ts';
import { prometheusPort } from '../../catalog/own-parts.ts';
import type { ClusterAccess } from '../../cluster/connect.ts';
import { obstacle } from '../../errors.ts';
import { brokersOf, isSecured, type Platform, type Service } from '../../model/platform.ts';
import { accessTo } from '../access.ts';
import { isRunning } from '../processes.ts';
import { type Progress, step } from '../progress.ts';
import {
  allProcesses,
  type NodeRun,
  type RunState,
  readRunState,
  type ServiceRun,
  workFolder,
  writeRunState,
} from '../run-state.ts';
import { nativeBootstrap } from './access.ts';
import {
  prepareRuntime,
  requireInterpreter,
  requirePinned,
  startService,
  waitForService,
} from './applications.ts';
import { releasePorts } from './claims.ts';
import { kafkaDistribution } from './distribution.ts';
import { findJava } from './java.ts';
import {
  formatNode,
  isFormatted,
  type NativeContext,
  requireRunning,
  startNode,
  waitForCluster,
} from './nodes.ts';
import { nativePlacement } from './placement.ts';
import { blockOf, freePort, type NodePorts, nodePorts, portsOf } from './ports.ts';
import { prometheusPath, startPrometheus } from './prometheus.ts';
import { relocatedProperties } from './relocate.ts';
import { readySecrets } from './secrets.ts';
import { projectVariable } from './strays.ts';

export type UpOptions = {
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** false: the cluster only. */
  readonly withApplications?: boolean;
};

/** Runs the project's own files on this machine: nodes, topics and rights, services, Prometheus. */
export async function nativeUp(
  project: string,
  platform: Platform,
  options: UpOptions,
): Promise<RunState> {
  try {
    return await start(project, platform, options);
  } finally {
    // Whatever was started listens by now.
    releasePorts();
  }
}

async function start(
  project: string,
  platform: Platform,
  { progress, signal, withApplications = true }: UpOptions,
): Promise<RunState> {
  const [cluster] = platform.clusters;
  requireSpace(project, cluster.nodes.length);
  if (withApplications) requirePinned(project, platform);
  const java = await findJava();
  const distribution = await step(progress, 'Kafka and its tools', () =>
    kafkaDistribution(java, signal),
  );
  if (withApplications) await requireInterpreter(platform);
  const secrets = await readySecrets(project, platform, signal);
  const previous = readRunState(project);
  const state = await planRun(project, platform, previous);
  const placement = nativePlacement(cluster, project, state.nodes.map(portsOf));
  const context: NativeContext = {
    project,
    platform,
    placement,
    distribution,
    java,
    secrets,
    signal,
  };
  const access = accessTo(project, platform, nativeBootstrap(platform, state), secrets);
  const save = () => writeRunState(project, state);

  writeConfigurations(context, state.nodes);
  save();
  const preparing = withApplications ? prepareRuntime(project, platform, signal) : undefined;
  // Awaited below; a failure before that must not be an unhandled rejection.
  preparing?.catch(() => undefined);

  const fresh = state.nodes.filter((node) => !isFormatted(node, cluster.id));
  if (fresh.length > 0) {
    await step(progress, `Formatting ${fresh.length} node${fresh.length > 1 ? 's' : ''}`, () =>
      Promise.all(fresh.map((node) => formatNode(context, node))),
    );
  }
  await step(
    progress,
    'Starting Kafka',
    async () => {
      for (const node of state.nodes) {
        if (node.process && isRunning(node.process)) continue;
        node.process = await startNode(context, node);
        save();
      }
      await waitForCluster(state.nodes, brokersOf(cluster).length, access, signal);
    },
    (_, seconds) =>
      `Quorum formed, ${brokersOf(cluster).length} of ${brokersOf(cluster).length} brokers registered: ${seconds.toFixed(1)} s`,
  );
  await step(
    progress,
    'Topics, users and rights',
    () => applyTopics(context, access, fresh.length === state.nodes.length ? ['--new'] : []),
    (summary, seconds) => `${summary}: ${seconds.toFixed(1)} s`,
  );
  if (preparing) {
    const runner = await step(
      progress,
      `Dependencies of app/ (${platform.application.client})`,
      () => preparing,
    );
    await step(
      progress,
      `Starting ${state.services.map(({ name }) => name).join(' and ')}`,
      async () => {
        const launch = { project, platform, runner, secrets };
        const bootstrapServers = access.bootstrap.join(',');
        await Promise.all(
          platform.application.services.map((service) =>
            serve({ ...launch, bootstrapServers }, service, { state, save, signal }),
          ),
        );
      },
    );
  }
  if (state.prometheus) {
    const binary = prometheusPath();
    if (binary) {
      const { process } = state.prometheus;
      if (!process || !isRunning(process)) {
        await startPrometheus(project, platform, state, binary, save);
      }
    } else {
      progress({
        kind: 'note',
        text: 'Prometheus is not installed here, so nothing scrapes (Debian: apt-get install prometheus).',
      });
    }
  }
  for (const node of state.nodes) requireRunning(node);
  return state;
}

const startsOfService = 3;

/** Starts a service unless it runs, and waits until it answers. */
async function serve(
  launch: Parameters<typeof startService>[0],
  service: Service,
  { state, save, signal }: { state: RunState; save: () => void; signal: AbortSignal },
): Promise<void> {
  const run = state.services.find(({ name }) => name === service.name);
  if (!run) throw new Error(`no run of ${service.name}`);
  for (let start = 1; ; start++) {
    if (!run.process || !isRunning(run.process)) {
      // Installing may have taken minutes, in which the port was taken by something else.
      run.port = await freePort(run.port, otherPorts(state, run));
      run.process = await startService(launch, service, run);
      save();
    }
    try {
      return await waitForService(run, state.nodes, signal);
    } catch (error) {
      // So may the moment between looking at the port and listening on it.
      const isTaken = (await freePort(run.port, new Set())) !== run.port;
      if (!isTaken || isRunning(run.process) || start === startsOfService) throw error;
    }
  }
}

/** For a node's metadata, its internal topics and logs, before the first record. */
const megabytesPerNode = 100;

/** Kafka gives a log directory up at the first write that fails, and ends. */
function requireSpace(project: string, nodes: number): void {
  const { bavail, bsize } = statfsSync(project);
  const free = Math.floor((bavail * bsize) / 1e6);
  const wanted = nodes * megabytesPerNode;
  if (free >= wanted) return;
  throw obstacle({
    what: `The disk has ${free} MB left; ${nodes} node${nodes > 1 ? 's' : ''} need ${wanted} MB to begin with.`,
    where: project,
    why: 'A broker that can not write to its log directory gives it up, and ends.',
    next: `Make room: df -h ${project}`,
  });
}

/** Where everything will run: as before if the project ran here, else on free ports. */
async function planRun(
  project: string,
  platform: Platform,
  previous: RunState | undefined,
): Promise<RunState> {
  const work = workFolder(project);
  const [cluster] = platform.clusters;
  if (previous && allProcesses(previous).some(isRunning)) {
    requireSamePlatform(previous, platform, project);
    return previous;
  }
  const configOf = (name: string) => join(work, 'run', name, 'server.properties');
  const ports = await nodePorts(
    cluster,
    cluster.nodes.map(({ name }) => blockOf(readListeners(configOf(name)))),
  );
  const taken = new Set<number>();
  const services: RunState['services'] = [];
  for (const service of platform.application.services) {
    // Never one that the README gives to another of them.
    const written = platform.application.services.filter((other) => other !== service);
    const others = new Set([...taken, ...written.map(({ port }) => port)]);
    const port = await freePort(service.port, others);
    taken.add(port);
    services.push({
      name: service.name,
      role: service.role,
      port,
      log: join(work, 'logs', `${service.name}.log`),
    });
  }
  const state: RunState = {
    version: 1,
    engine: 'native',
    startedAt: new Date().toISOString(),
    nodes: cluster.nodes.map((node, index): NodeRun => {
      const own = ports[index] as NodePorts;
      return {
        id: node.id,
        name: node.name,
        ports: own.listeners,
        exporterPort: own.exporter,
        config: configOf(node.name),
        dataDirectory: join(work, 'data', node.name),
        log: join(work, 'logs', node.name, 'server.log'),
      };
    }),
    services,
  };
  if (platform.monitoring !== 'none') {
    state.prometheus = {
      port: await freePort(prometheusPort, taken),
      log: join(work, 'logs', 'prometheus.log'),
    };
  }
  return state;
}

/** What runs keeps its ports and its names: a second set beside it would share data and groups. */
function requireSamePlatform(previous: RunState, platform: Platform, project: string): void {
  const runs = [...previous.nodes, ...previous.services].map(({ name }) => name);
  const wanted = [...platform.clusters[0].nodes, ...platform.application.services].map(
    ({ name }) => name,
  );
  if (runs.join() === wanted.join()) return;
  throw obstacle({
    what: `What runs here is not what krafter.yaml says now: ${runs.join(', ')}.`,
    where: join(project, 'krafter.yaml'),
    why: `It says ${wanted.join(', ')}. Nodes that run can't be renamed or counted anew.`,
    next: 'krafter down, then krafter up. The records stay.',
  });
}

/** Where a node listened when it last ran here, if it did. */
const readListeners = (config: string): string | undefined =>
  existsSync(config) ? /^listeners=(.*)$/m.exec(readFileSync(config, 'utf8'))?.[1] : undefined;

const otherPorts = ({ services }: RunState, own: ServiceRun): Set<number> =>
  new Set(services.filter((run) => run !== own).map(({ port }) => port));

function writeConfigurations(context: NativeContext, nodes: readonly NodeRun[]): void {
  const { project, platform, placement } = context;
  // All are read before any is written: without one of them nothing starts.
  const texts = placement.map(
    (place) => relocatedProperties(project, platform, placement, place).text,
  );
  for (const [index, node] of nodes.entries()) {
    mkdirSync(join(workFolder(project), 'run', node.name), { recursive: true });
    mkdirSync(node.dataDirectory, { recursive: true });
    writeFileSync(node.config, texts[index] as string);
  }
}

/** The project's own script, with Kafka's tools from the cache; returns its last line. */
async function applyTopics(
  context: NativeContext,
  access: ClusterAccess,
  options: readonly string[],
): Promise<string> {
  const { project, platform, distribution, secrets, signal } = context;
  const result = await execa('bash', [join(project, applyScript), ...options], {
    cwd: project,
    reject: false,
    all: true,
    cancelSignal: signal,
    timeout: 300_000,
    env: {
      ...secrets,
      // Its tools may outlive it when it is interrupted; `down` finds them by this.
      [projectVariable]: project,
      KAFKA_HOME: distribution.home,
      KAFKA_BOOTSTRAP_SERVERS: access.bootstrap.join(','),
      ...(isSecured(platform) ? { KAFKA_COMMAND_CONFIG: join(project, adminClientPath) } : {}),
    },
  });
  signal.throwIfAborted();
  const lines = (result.all ?? '').trim().split('\n');
  if (result.exitCode === 0)
    return lines.at(-1)?.replace('apply.sh: ', 'Topics and rights: ') ?? '';
  throw obstacle({
    what: `${applyScript} did not finish.`,
    where: join(project, applyScript),
    why:
      lines.filter((line) => line.includes('refused') || line.startsWith('apply.sh')).join('\n') ||
      lines.slice(-3).join('\n'),
    next: `See the difference: ${applyScript} --plan`,
  });
}
