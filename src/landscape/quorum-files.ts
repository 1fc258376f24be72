import { folderOf } from '../files/folder.ts';
import type { Configuration } from './facts/configuration.ts';
import type { Landscape } from './facts/index.ts';
import { votersOf } from './voters.ts';

/**
 * Files of nodes that lie in neighbouring folders under one name (`broker-1/server.properties`) and
 * name one quorum are one cluster, where all of its controllers are among them. Of others nobody
 * knows which are missing.
 */
export function withQuorumFiles(landscape: Landscape): Landscape {
  const quorums = new Map<string, Configuration[]>();
  for (const one of landscape.configurations) {
    const place = quorumOf(one);
    if (place !== undefined) quorums.set(place, [...(quorums.get(place) ?? []), one]);
  }
  const clusterOf = new Map<Configuration, string>();
  for (const [place, nodes] of quorums)
    if (nodes.length > 1 && isWhole(nodes)) for (const one of nodes) clusterOf.set(one, place);
  if (clusterOf.size === 0) return landscape;
  return {
    ...landscape,
    configurations: landscape.configurations.map((one) => {
      const cluster = clusterOf.get(one);
      return cluster === undefined ? one : { ...one, cluster };
    }),
  };
}

function quorumOf(one: Configuration): string | undefined {
  const { kind, file, cluster, workload, code } = one;
  if (kind !== 'broker' || cluster !== undefined || workload || code) return undefined;
  if (!file.endsWith('.properties')) return undefined;
  const quorum = addressesOf(one);
  if (quorum.length === 0) return undefined;
  const folder = folderOf(file);
  const name = file.slice(folder.length);
  return `${folderOf(folder.replace(/\/$/, ''))}*/${name} ${quorum.join(',')}`;
}

/** On the same machine each would need ports of its own; samples are mostly that. */
function addressesOf(one: Configuration): string[] {
  const voters = votersOf(
    textIn(one, 'controller.quorum.bootstrap.servers') ??
      textIn(one, 'controller.quorum.voters') ??
      '',
  );
  return voters.some(({ host }) => /^(localhost|127\..*|::1)$/.test(host))
    ? []
    : [...new Set(voters.map(({ host, port }) => `${host}:${port}`))].sort();
}

const isWhole = (nodes: readonly Configuration[]): boolean => {
  const [first] = nodes;
  const controllers = nodes.filter((one) => textIn(one, 'process.roles')?.includes('controller'));
  return first !== undefined && controllers.length === addressesOf(first).length;
};

function textIn({ settings }: Configuration, key: string): string | undefined {
  const value = settings.findLast((one) => one.key === key)?.value;
  return value && 'known' in value ? value.known : undefined;
}
