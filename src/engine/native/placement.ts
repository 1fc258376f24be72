import { join } from 'node:path';
import { secretsFolder } from '../../artifacts/security/index.ts';
import { byListener, type NodePlacement } from '../../model/placement.ts';
import type { Cluster } from '../../model/platform.ts';
import { workFolder } from '../run-state.ts';
import type { NodePorts } from './ports.ts';

/** The nodes on this machine: loopback only, ports of their own, data below `.krafter`. */
export function nativePlacement(
  cluster: Cluster,
  project: string,
  ports: readonly NodePorts[],
): NodePlacement[] {
  return cluster.nodes.map((node, index) => {
    const own = ports[index];
    if (!own) throw new Error(`no ports for ${node.name}`);
    const at = (host: string) =>
      byListener(cluster, (listener) => ({ host, port: own.listeners[listener.name] as number }));
    return {
      node,
      bind: at('127.0.0.1'),
      // The certificates carry it, and host names are verified here as everywhere.
      advertised: at('localhost'),
      dataDirectory: join(workFolder(project), 'data', node.name),
      keyStore: join(project, secretsFolder, `${node.name}.pem`),
      trustStore: join(project, secretsFolder, 'ca.pem'),
      exporterPort: own.exporter,
    };
  });
}
