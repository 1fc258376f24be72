import { folderOf } from '../files/folder.ts';
import type { Landscape } from './facts/index.ts';
import { knownText } from './facts/setting.ts';
import type { Resource } from './facts/workload.ts';

/** How many brokers a cluster of Strimzi has is said by its node pools, which may be in other files. */
export function withNodePools(landscape: Landscape): Landscape {
  const clusters = landscape.resources.filter(({ kind }) => kind === 'Kafka');
  if (clusters.length === 0) return landscape;
  const counts = new Map(clusters.map((kafka) => [kafka.at, brokersOf(kafka, landscape)]));
  const brokerOf = new Map(clusters.map((kafka) => [placeOf(kafka), kafka]));
  return {
    ...landscape,
    configurations: landscape.configurations.map((one) => {
      if (one.kind !== 'broker' || one.nodes !== 'unknown' || one.name === undefined) return one;
      const kafka = brokerOf.get(`${one.file} ${one.cluster}`);
      return { ...one, nodes: (kafka && counts.get(kafka.at)) ?? 'unknown' };
    }),
  };
}

const placeOf = ({ at, name, namespace }: Resource): string =>
  `${at.file} ${namespace === undefined ? name : `${namespace}/${name}`}`;

function brokersOf(kafka: Resource, landscape: Landscape): number | undefined {
  const counts = poolsOf(kafka, landscape)
    ?.filter((pool) => rolesOf(pool).includes('broker'))
    .map((pool) => textIn(pool, 'spec.replicas'));
  return counts?.every((count) => count !== undefined && /^\d+$/.test(count)) && counts.length > 0
    ? counts.reduce((sum, count) => sum + Number(count), 0)
    : undefined;
}

/**
 * The node pools of a cluster, as far as files tell: those of its own file, or else of its folder, or
 * else of anywhere, where no other cluster has that name. Undefined where none are seen.
 */
export function poolsOf(kafka: Resource, { resources }: Landscape): Resource[] | undefined {
  const named = resources.filter(
    (one) =>
      one.kind === 'KafkaNodePool' &&
      textIn(one, clusterLabel) === kafka.name &&
      (one.namespace ?? kafka.namespace) === (kafka.namespace ?? one.namespace),
  );
  const folder = folderOf(kafka.at.file);
  const sameFile = named.filter(({ at }) => at.file === kafka.at.file);
  const sameFolder = named.filter((one) => folderOf(one.at.file) === folder);
  const others = resources.filter(({ kind, name }) => kind === 'Kafka' && name === kafka.name);
  const inFolder = others.filter((one) => folderOf(one.at.file) === folder);
  const pools =
    sameFile.length > 0
      ? sameFile
      : inFolder.length > 1
        ? []
        : sameFolder.length > 0
          ? sameFolder
          : others.length > 1
            ? []
            : named;
  return pools.length === 0 ? undefined : pools;
}

export function rolesOf({ fields }: Resource): string[] {
  return [0, 1].flatMap((index) => {
    const value = fields.get(`spec.roles.${index}`)?.value;
    return value && 'known' in value ? [value.known] : [];
  });
}

/** Where a resource says which cluster of Strimzi it belongs to. */
export const clusterLabel = 'metadata.labels.strimzi.io/cluster';

/** A field of a resource, where it is known. */
export function textIn({ fields }: Resource, path: string): string | undefined {
  return knownText(fields.get(path)?.value);
}
