import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { applicationFolder, kitOf } from '../../artifacts/apps/index.ts';
import { adminClientPath } from '../../artifacts/clients/index.ts';
import { isSecured, type Platform } from '../../model/platform.ts';
import { accessTo } from '../access.ts';
import type { Control } from '../control.ts';
import { valuesOf } from '../kafka-tools.ts';
import { killAll, type ProcessId, signal as signalProcess } from '../processes.ts';
import { type RunState, writeRunState } from '../run-state.ts';
import { nativeBootstrap } from './access.ts';
import { prepareRuntime, startService, waitForService } from './applications.ts';
import { kafkaDistribution } from './distribution.ts';
import { findJava } from './java.ts';
import { type NativeContext, startNode } from './nodes.ts';
import { nativePlacement } from './placement.ts';
import { portsOf } from './ports.ts';
import { readEnv } from './secrets.ts';

/** What starting nodes needs to know, of a platform that `up` has started. */
export async function contextOf(
  project: string,
  platform: Platform,
  state: RunState,
  signal: AbortSignal,
): Promise<NativeContext> {
  const java = await findJava();
  return {
    project,
    platform,
    placement: nativePlacement(platform.clusters[0], project, state.nodes.map(portsOf)),
    distribution: await kafkaDistribution(java, signal),
    java,
    secrets: readEnv(project),
    signal,
  };
}

/** Control over what `up` started natively. */
export async function nativeControl(
  project: string,
  platform: Platform,
  state: RunState,
  signal: AbortSignal,
): Promise<Control> {
  const context = await contextOf(project, platform, state, signal);
  const { distribution, placement, secrets } = context;
  const runner = await prepareRuntime(project, platform, signal);
  const access = accessTo(project, platform, nativeBootstrap(platform, state), secrets);
  const node = (name: string) => found(state.nodes, name);
  const service = (name: string) => found(state.services, name);
  const [producer, consumer] = platform.application.services;

  return {
    producerUrl: `http://127.0.0.1:${service(producer.name).port}`,
    consumerUrl: `http://127.0.0.1:${service(consumer.name).port}`,
    prometheusUrl: state.prometheus?.process
      ? `http://127.0.0.1:${state.prometheus.port}`
      : undefined,
    killNode: (name) => kill(node(name)),
    async startNode(name) {
      node(name).process = await startNode(context, node(name));
      writeRunState(project, state);
    },
    pauseNode: async (name) => pass(node(name), 'SIGSTOP'),
    resumeNode: async (name) => pass(node(name), 'SIGCONT'),
    killService: (name) => kill(service(name)),
    async startService(name, extra = {}) {
      const run = service(name);
      const model = platform.application.services.find((candidate) => candidate.name === name);
      if (!model) throw new Error(`no service ${name}`);
      run.process = await startService(
        { project, platform, runner, bootstrapServers: access.bootstrap.join(','), secrets },
        model,
        run,
        extra,
      );
      writeRunState(project, state);
      await waitForService(run, [], signal);
    },
    readValues: (topic, isolation) =>
      valuesOf(topic, isolation, async (args) => {
        const { stdout } = await execa(
          join(distribution.home, 'bin', 'kafka-console-consumer.sh'),
          [
            ...['--bootstrap-server', access.bootstrap.join(',')],
            ...(isSecured(platform) ? ['--command-config', join(project, adminClientPath)] : []),
            ...args,
          ],
          // The trust store's path is relative to the project.
          { cwd: project, env: secrets, reject: false, cancelSignal: signal, timeout: 120_000 },
        );
        return stdout;
      }),
    async generate(count, seed) {
      const [program, ...words] = runner.command;
      const { stdout } = await execa(
        program,
        [
          ...words,
          ...kitOf(platform).commands.generate,
          '--print',
          '--count',
          `${count}`,
          '--seed',
          `${seed}`,
        ],
        {
          cwd: join(project, applicationFolder),
          env: runner.env,
          cancelSignal: signal,
          maxBuffer: 1e9,
        },
      );
      return stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown);
    },
    placement,
    controller: `localhost:${state.nodes[0]?.ports.CONTROLLER}`,
    nodeLogs: async () =>
      new Map(
        state.nodes
          .flatMap(({ log }) => [log, join(dirname(log), 'kafka-authorizer.log')])
          .map((file) => [file, readIfThere(file)]),
      ),
  };
}

function pass({ process }: { process?: ProcessId | undefined }, name: NodeJS.Signals): void {
  if (process) signalProcess(process, name);
}

async function kill({ process }: { process?: ProcessId | undefined }): Promise<void> {
  if (process) await killAll([process]);
}

function found<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const match = list.find((candidate) => candidate.name === name);
  if (!match) throw new Error(`${name} is not running here`);
  return match;
}

const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
