import { folderOf } from '../files/folder.ts';
import type { Configuration } from './facts/configuration.ts';
import type { Landscape } from './facts/index.ts';
import { knownText } from './facts/setting.ts';
import { votersOf } from './voters.ts';

/**
 * Files of nodes that lie in neighbouring folders under one name (`broker-1/server.properties`) and
 * name one quorum are one cluster, where all of its controllers are among them. Of others nobody
 * knows which are missing.
 */
export function withQuorumFiles(landscape: Landscape): Landscape {
  const neighbours = Map.groupBy(landscape.configurations.filter(isFileOfNode), placeOf);
  const clusterOf = new Map<Configuration, string>();
  for (const [place, nodes] of neighbours)
    if (isCluster(nodes)) for (const one of nodes) clusterOf.set(one, place);
  if (clusterOf.size === 0) return landscape;
  return {
    ...landscape,
    configurations: landscape.configurations.map((one) => {
      const cluster = clusterOf.get(one);
      return cluster === undefined ? one : { ...one, cluster };
    }),
  };
}

const isFileOfNode = ({ kind, file, cluster, workload }: Configuration): boolean =>
  kind === 'broker' &&
  cluster === undefined &&
  workload === undefined &&
  file.endsWith('.properties');

/** `prod/*\/server.properties`. */
function placeOf({ file }: Configuration): string {
  const folder = folderOf(file);
  return `${folderOf(folder.slice(0, -1))}*/${file.slice(folder.length)}`;
}

function isCluster(nodes: readonly Configuration[]): boolean {
  const quorums = nodes.map(quorumOf);
  const [quorum] = quorums;
  if (nodes.length < 2 || !quorum || quorums.some((one) => one?.join() !== quorum.join()))
    return false;
  const controllers = nodes.filter((one) => textIn(one, 'process.roles')?.includes('controller'));
  return controllers.length === quorum.length;
}

/** Undefined on one's own machine too: samples are mostly that, and lie beside each other. */
function quorumOf(one: Configuration): string[] | undefined {
  const text =
    textIn(one, 'controller.quorum.bootstrap.servers') ?? textIn(one, 'controller.quorum.voters');
  const voters = votersOf(text ?? '');
  const isHere = voters.some(({ host }) => /^(localhost|127\..*|::1)$/.test(host));
  return voters.length === 0 || isHere
    ? undefined
    : voters.map(({ host, port }) => `${host}:${port}`).sort();
}

const textIn = ({ settings }: Configuration, key: string): string | undefined =>
  knownText(settings.findLast((one) => one.key === key)?.value);
