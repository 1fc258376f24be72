import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { initialControllers } from '../../artifacts/broker/cluster-files.ts';
import { log4j2Path } from '../../artifacts/broker/index.ts';
import { nativeHeapMegabytes } from '../../catalog/own-parts.ts';
import type { ClusterAccess } from '../../cluster/connect.ts';
import { withAdmin } from '../../cluster/connect.ts';
import { innermost, isRefusedLogin } from '../../cluster/errors.ts';
import { obstacle } from '../../errors.ts';
import type { NodePlacement } from '../../model/placement.ts';
import { type Node, type Platform, scramUsers } from '../../model/platform.ts';
import { reasonIn, takenAddress } from '../kafka-log.ts';
import { isRunning, launch, type ProcessId } from '../processes.ts';
import type { NodeRun } from '../run-state.ts';
import { scratchFolder, workFolder } from '../run-state.ts';
import { type Distribution, shortLived } from './distribution.ts';
import { projectVariable } from './strays.ts';

/** Everything that starting nodes needs to know. */
export type NativeContext = {
  readonly project: string;
  readonly platform: Platform;
  readonly placement: readonly NodePlacement[];
  readonly distribution: Distribution;
  readonly java: string;
  /** Of `.env`: the passwords. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
};

/** A laptop's flags: small, quick to start. What is deployed gets the model's heap and G1. */
export const nodeFlags = (node: Node): string[] => [
  `-Xmx${Math.min(node.heapMegabytes, nativeHeapMegabytes)}m`,
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
];

/** Formats a node's storage, which was not done before (see {@link isFormatted}). */
export async function formatNode(context: NativeContext, run: NodeRun): Promise<void> {
  const { platform, java, distribution, placement } = context;
  const [cluster] = platform.clusters;
  const node = cluster.nodes.find(({ id }) => id === run.id);
  if (!node) throw new Error(`node ${run.id} is not in the model`);
  const args = [
    ...shortLived,
    ...distribution.jvmFlags,
    '-cp',
    `${distribution.libs}/*`,
    'kafka.tools.StorageTool',
    'format',
    '--cluster-id',
    cluster.id,
    '--config',
    run.config,
    ...(node.roles.includes('controller')
      ? ['--initial-controllers', initialControllers(cluster, placement)]
      : ['--no-initial-controllers']),
    ...scramUsers(cluster).flatMap(({ name, variable }) => [
      '--add-scram',
      `SCRAM-SHA-512=[name=${name},password=${context.secrets[variable]}]`,
    ]),
  ];
  // Passwords go by a file that only we can read: arguments are visible to everyone here.
  const argumentFile = join(workFolder(context.project), 'run', run.name, 'format.args');
  writeFileSync(
    argumentFile,
    args.map((arg) => `"${arg.replaceAll(/["\\]/g, '\\$&')}"`).join('\n'),
    {
      mode: 0o600,
    },
  );
  try {
    const result = await execa(java, [`@${argumentFile}`], {
      reject: false,
      all: true,
      env: context.secrets,
      cancelSignal: context.signal,
      timeout: 120_000,
    });
    context.signal.throwIfAborted();
    if (result.exitCode !== 0) {
      throw obstacle({
        what: `The storage of ${run.name} could not be formatted.`,
        where: run.config,
        why: reasonIn(result.all ?? '') || 'kafka-storage gave no reason.',
        next: 'Mend the setting it names in the project file, then run `krafter up` again.',
      });
    }
  } finally {
    rmSync(argumentFile, { force: true });
  }
}

/** Whether a node has storage; refuses that of another cluster. */
export function isFormatted(run: NodeRun, clusterId: string): boolean {
  const meta = join(run.dataDirectory, 'meta.properties');
  if (!existsSync(meta)) return false;
  const found = /^cluster\.id=(.*)$/m.exec(readFileSync(meta, 'utf8'))?.[1];
  if (found === clusterId) return true;
  throw obstacle({
    what: `The data of ${run.name} belongs to another cluster, ${found ?? 'unknown'}.`,
    where: meta,
    why: `krafter.yaml says ${clusterId}; Kafka refuses data that was formatted with another id.`,
    next: 'Put the old id back, or forget the data: krafter down --volumes',
  });
}

export function startNode(context: NativeContext, run: NodeRun): Promise<ProcessId> {
  const { project, platform, distribution, java, secrets } = context;
  const [cluster] = platform.clusters;
  const node = cluster.nodes.find(({ id }) => id === run.id);
  if (!node) throw new Error(`node ${run.id} is not in the model`);
  const logs = dirname(run.log);
  mkdirSync(logs, { recursive: true });
  mkdirSync(scratchFolder(project), { recursive: true });
  const agent =
    platform.monitoring === 'none'
      ? []
      : [
          `-javaagent:${distribution.exporter}=127.0.0.1:${run.exporterPort}:${join(project, 'monitoring/jmx-exporter.yml')}`,
        ];
  return launch({
    command: java,
    args: [
      ...nodeFlags(node),
      ...distribution.jvmFlags,
      ...agent,
      `-Dlog4j2.configurationFile=${join(project, log4j2Path)}`,
      `-Dkafka.logs.dir=${logs}`,
      `-Djava.io.tmpdir=${scratchFolder(project)}`,
      '-cp',
      `${distribution.libs}/*`,
      'kafka.Kafka',
      run.config,
    ],
    cwd: project,
    env: { ...process.env, ...secrets, [projectVariable]: project },
    log: run.log,
  });
}

/** Waits until every broker is in the metadata; a node that ends says why, at once. */
export async function waitForCluster(
  nodes: readonly NodeRun[],
  brokers: number,
  access: ClusterAccess,
  signal: AbortSignal,
  timeoutMs = 120_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let last = '';
  let refusals = 0;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    for (const node of nodes) requireRunning(node);
    try {
      const seen = await withAdmin(
        access,
        async (admin) => (await admin.metadata({ topics: [] })).brokers.size,
      );
      if (seen >= brokers) return;
      last = `${seen} of ${brokers} brokers have registered`;
    } catch (error) {
      last = innermost(error);
      if (isRefusedLogin(error) && ++refusals > 2) throw refusedLogin(access, last);
    }
    await sleep(150, undefined, { signal });
  }
  throw obstacle({
    what: `The cluster was not ready after ${timeoutMs / 1000} s: ${last}.`,
    where: nodes.map(({ log }) => log).join('\n'),
    next: 'The logs say more. `krafter down` ends what runs, `krafter up` tries again.',
  });
}

/** A broker that has just started may not have read its users yet; one that goes on knows better. */
const refusedLogin = ({ sasl }: ClusterAccess, why: string) =>
  obstacle({
    what: `The brokers refuse the password of ${sasl && 'username' in sasl ? sasl.username : 'krafter'}.`,
    where: '.env',
    why: `${why}\nA password is stored in the cluster when it is formatted; .env must have the same.`,
    next: 'Put the old password back, or start anew without the data: krafter down --volumes',
  });

export function requireRunning(node: NodeRun): void {
  if (!node.process || isRunning(node.process)) return;
  const log = existsSync(node.log) ? readFileSync(node.log, 'utf8') : '';
  // Free when it was chosen, and taken by another program before the node listened on it.
  const taken = takenAddress(log);
  if (taken) {
    throw obstacle({
      what: `${node.name} ended while it started: ${taken} is taken by another program.`,
      where: node.log,
      why: 'Clients and the other nodes look for it at this port.',
      next: `See who holds it: ss -ltnp | grep ${taken.split(':').at(-1)}. Then run \`krafter up\` again.`,
    });
  }
  throw obstacle({
    what: `${node.name} ended while it started.`,
    where: node.log,
    why: reasonIn(log) || 'It gave no reason.',
    next: `Mend what it names in kafka/${node.name}/server.properties, then run \`krafter up\` again.`,
  });
}
