import { innermost } from '../cluster/errors.ts';
import type { ClusterHealth, GroupLag } from '../cluster/observe.ts';
import type { Platform } from '../model/platform.ts';
import { table } from '../table.ts';
import { projectAccess } from './access.ts';
import type { EngineName, Running } from './engine.ts';
import { currentEngine } from './index.ts';

/** What `krafter status` says; the shape of its `--json`. */
export type Status = {
  readonly name: string;
  readonly project: string;
  readonly engine: EngineName;
  readonly running: readonly Running[];
  readonly cluster: ClusterHealth | { readonly unreachable: string } | null;
  readonly lag: readonly GroupLag[];
};

export async function statusOf(project: string, platform: Platform): Promise<Status> {
  const engine = await currentEngine(project);
  const running = await engine.running(project, platform);
  const base = { name: platform.name, project, engine: engine.name, running };
  const access = running.some(({ kind, state }) => kind === 'node' && state === 'running')
    ? await projectAccess(project, platform)
    : undefined;
  if (!access) return { ...base, cluster: null, lag: [] };
  const { clusterHealth, groupLag } = await import('../cluster/observe.ts');
  try {
    const cluster = await clusterHealth(access);
    const [, consumer] = platform.application.services;
    return { ...base, cluster, lag: [await groupLag(access, consumer.group, consumer.topic)] };
  } catch (error) {
    return { ...base, cluster: { unreachable: innermost(error) }, lag: [] };
  }
}

/** Whether a part of what was started is down. A platform that nobody started is not broken. */
export const isBroken = ({ running, cluster }: Status): boolean =>
  running.some(({ state }) => state === 'stopped') ||
  (cluster !== null && 'unreachable' in cluster);

/** One screen, 80 columns. */
export function statusText(status: Status): string {
  if (status.running.length === 0) return `${status.name} is not running. Start it: krafter up`;
  const rows = status.running.map(({ name, state, endpoint, memoryBytes }) => [
    name,
    state,
    endpoint,
    memoryBytes > 0 ? `${Math.round(memoryBytes / 1e6)} MB` : '',
  ]);
  const total = status.running.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  return [
    `${status.name} (${status.engine}), ${Math.round(total / 1e6)} MB in all`,
    '',
    table(rows),
    '',
    ...clusterLines(status),
    `logs      ${status.engine === 'docker' ? 'docker compose logs SERVICE' : `${status.project}/.krafter/logs`}`,
  ].join('\n');
}

function clusterLines({ cluster, lag }: Status): string[] {
  if (cluster === null) return ['cluster   no node runs'];
  if ('unreachable' in cluster) return [`cluster   does not answer: ${cluster.unreachable}`];
  const { quorum, brokers, topics, partitions, internal, underReplicated, offline } = cluster;
  const worst = underReplicated[0];
  return [
    `quorum    leader ${quorum.leader}, epoch ${quorum.epoch}, voters ${quorum.voters.join(', ')}`,
    `brokers   ${brokers.join(', ')}`,
    `topics    ${topics - internal.topics}, with ${partitions - internal.partitions} partitions; Kafka's own: ${internal.topics}, with ${internal.partitions}`,
    `in sync   ${underReplicated.length === 0 ? 'all replicas' : `${underReplicated.length} partitions under-replicated, e.g. ${worst?.topic}-${worst?.partition} (${worst?.inSync} of ${worst?.replicas})`}${offline.length > 0 ? `; ${offline.length} offline` : ''}`,
    ...lag.map(({ group, topic, lag: records }) => `lag       ${group} on ${topic}: ${records}`),
  ];
}
