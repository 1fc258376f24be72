import type { Configuration } from '../landscape/facts/configuration.ts';
import { clusterOf } from './cluster-of.ts';
import type { Known } from './rule.ts';
import { effectiveText, ofKind } from './settings.ts';

export type Cluster = {
  readonly nodes: readonly Configuration[];
  /** Those that keep records; undefined where files don't tell. */
  readonly brokers?: number;
};

/** Nodes that belong together, as far as files tell. */
export function clustersOf(known: Known): Cluster[] {
  const clusters = new Map<string, Configuration[]>();
  for (const one of ofKind(known, 'broker')) {
    const place = clusterOf(one);
    if (place === undefined) continue;
    const nodes = clusters.get(place) ?? [];
    nodes.push(one);
    clusters.set(place, nodes);
  }
  return [...clusters.values()].map((nodes) => {
    const brokers = countOf(nodes.filter((one) => !isController(known, one)));
    return { nodes, ...(brokers !== undefined && { brokers }) };
  });
}

/** Clusters, and each node of which files don't tell what others there are. */
export const clustersAndLoners = (known: Known): Cluster[] => [
  ...clustersOf(known),
  ...ofKind(known, 'broker')
    .filter(({ cluster }) => cluster === undefined)
    .map((node) => ({ nodes: [node] })),
];

/** Those of a cluster that keep records. */
export const brokersOf = (known: Known, { nodes }: Cluster): Configuration[] =>
  nodes.filter((one) => !isController(known, one));

export const isController = (known: Known, one: Configuration): boolean =>
  effectiveText(known, one, 'process.roles') === 'controller';

function countOf(brokers: readonly Configuration[]): number | undefined {
  let sum = 0;
  for (const { nodes = 1 } of brokers) {
    if (nodes === 'unknown') return undefined;
    sum += nodes;
  }
  return sum;
}

/** How a message counts them. */
export const countedBrokers = (count: number): string =>
  count === 1 ? 'one broker' : `${count} brokers`;
