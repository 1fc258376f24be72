import { imageFamily } from '../catalog/images.ts';
import type { KafkaRelease } from '../catalog/kafka-keys/key.ts';
import { orderOf, releaseOf } from '../catalog/kafka-keys/releases.ts';
import { folderOf } from '../files/folder.ts';
import type { Command } from '../landscape/facts/command.ts';
import { optionOf } from '../landscape/options.ts';
import { type Cluster, clustersOf } from './clusters.ts';
import type { Known } from './rule.ts';
import { itemsOf } from './settings.ts';

/** Whether two files lie together: one in the other's folder, or below it. */
export const areNear = (one: string, other: string): boolean => {
  const [first, second] = [folderOf(one), folderOf(other)];
  return first.startsWith(second) || second.startsWith(first);
};

/** The release of the tools that a script calls: the oldest near it, as brokers and images tell. */
export function releaseNear({ landscape, release }: Known, file: string): KafkaRelease {
  const brokers = landscape.configurations.flatMap((one) =>
    one.kind === 'broker' && one.release && areNear(one.file, file) ? [one.release] : [],
  );
  const images = landscape.workloads.flatMap(({ image, at }) => {
    const line = image && imageFamily(image.name)?.line?.(image.tag ?? 'latest');
    return line !== undefined && areNear(at.file, file) ? [releaseOf(line)] : [];
  });
  const near = [...brokers, ...images];
  return near.sort((one, other) => orderOf(one) - orderOf(other))[0] ?? release;
}

/** The one cluster whose brokers a command asks by their names. */
export function clusterOf(known: Known, command: Command): Cluster | undefined {
  const server = optionOf(command, '--bootstrap-server')?.value?.value;
  if (!server || !('known' in server)) return undefined;
  const hosts = itemsOf(server.known).map((one) => one.replace(/:\d+$/, ''));
  const found = clustersOf(known).filter(({ nodes }) =>
    nodes.some(
      ({ file, name }) =>
        name !== undefined && hosts.includes(name) && areNear(file, command.at.file),
    ),
  );
  return found.length === 1 ? found[0] : undefined;
}
