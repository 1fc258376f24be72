import { imageFamily } from '../catalog/images.ts';
import type { Configuration } from '../landscape/facts/configuration.ts';
import type { Known } from './rule.ts';

/** How a node is told where its controllers are: for good, or to ask. */
export const quorumKeys = ['controller.quorum.voters', 'controller.quorum.bootstrap.servers'];

/** Whether what runs a node knows no ZooKeeper any more; undefined where files don't tell. */
export function isKraftOnly(
  { release: asked }: Known,
  { workload, release }: Configuration,
): boolean | undefined {
  if (!workload?.image) return Number(release ?? asked) >= 4;
  const { name, tag = 'latest', digest } = workload.image;
  const from = imageFamily(name)?.kraftFrom;
  if (from === undefined || digest !== undefined) return undefined;
  return tag === 'latest' || (release !== undefined && Number(release) >= from);
}
