import { bootstrapServers, type NodePlacement } from '../../model/placement.ts';
import { type Cluster, controllersOf } from '../../model/platform.ts';
import { header } from '../header.ts';

/** `ID@host:port:DIRECTORY_ID,...` as `kafka-storage.sh format --initial-controllers` takes it. */
export function initialControllers(cluster: Cluster, placement: readonly NodePlacement[]): string {
  const addresses = bootstrapServers(cluster, placement, 'controllers').split(',');
  return controllersOf(cluster)
    .map((node, index) => `${node.id}@${addresses[index]}:${node.directoryId}`)
    .join(',');
}

export const clusterConfPath = 'kafka/cluster.conf';

/** What start.sh formats a node with. */
export const clusterConf = (cluster: Cluster, placement: readonly NodePlacement[]): string =>
  `${header('What kafka/start.sh formats the storage of a node with. Shell syntax.')}
# Brokers refuse data that was formatted with another id.
CLUSTER_ID=${cluster.id}
# The first voters of the quorum: id@host:port:directory id, the last of which is made
# beforehand so that three controllers can start at once (KIP-853).
INITIAL_CONTROLLERS=${initialControllers(cluster, placement)}
`;

/** What certs.sh and people read. */
export const nodesConf = (cluster: Cluster): string =>
  `${header('The nodes: id, name, host, roles, directory id.')}
${cluster.nodes.map((node) => [node.id, node.name, node.host, node.roles.join(','), node.directoryId].join(' ')).join('\n')}
`;
