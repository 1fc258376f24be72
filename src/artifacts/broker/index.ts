import { deployedPlacement } from '../../model/placement.ts';
import type { Platform } from '../../model/platform.ts';
import { type Artifact, managed } from '../artifact.ts';
import { header } from '../header.ts';
import { propertiesFile } from '../properties-file.ts';
import { platformFile } from '../templates.ts';
import { clusterConf, clusterConfPath, nodesConf } from './cluster-files.ts';
import { log4j2 } from './log4j2.ts';
import { brokerProperties } from './properties.ts';

/** Where a node's configuration lies in the project. */
export const serverPropertiesPath = (node: { readonly name: string }): string =>
  `kafka/${node.name}/server.properties`;

export const log4j2Path = 'kafka/log4j2.yaml';

export function brokerArtifacts(platform: Platform): Artifact[] {
  const placement = deployedPlacement(platform);
  return [
    ...placement.map((place) =>
      managed(
        serverPropertiesPath(place.node),
        propertiesFile(
          header(`Node ${place.node.name} of ${platform.name}: ${place.node.roles.join(' and ')}.`),
          brokerProperties(platform, placement, place),
        ),
      ),
    ),
    managed(clusterConfPath, clusterConf(platform.clusters[0], placement)),
    managed('kafka/nodes.conf', nodesConf(platform.clusters[0])),
    managed(log4j2Path, log4j2()),
    platformFile('kafka/start.sh'),
  ];
}
