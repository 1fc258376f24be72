import { exporterPort } from '../catalog/own-parts.ts';
import type { Cluster, Listener, Node, Platform } from './platform.ts';

type Address = { readonly host: string; readonly port: number };

/** Where one node lives: what differs between Compose, machines and this laptop. */
export type NodePlacement = {
  readonly node: Node;
  /** What it binds to; an empty host is every interface. */
  readonly bind: Readonly<Record<Listener['name'], Address>>;
  /** What it tells clients and other nodes to connect to. */
  readonly advertised: Readonly<Record<Listener['name'], Address>>;
  readonly dataDirectory: string;
  /** PEM file with the private key and the certificate chain. */
  readonly keyStore: string;
  readonly trustStore: string;
  readonly exporterPort: number;
};

export const dataDirectory = '/var/lib/kafka/data';
export const secretsDirectory = '/etc/kafka/secrets';

/** The nodes as they are deployed: by Compose or on machines of their own. */
export function deployedPlacement(platform: Platform): readonly NodePlacement[] {
  const [cluster] = platform.clusters;
  return cluster.nodes.map((node, index) => {
    const inside = (listener: Listener): Address => ({ host: node.host, port: listener.port });
    const advertised = (listener: Listener): Address =>
      listener.purpose === 'outside'
        ? { host: 'localhost', port: cluster.outsidePort + index }
        : inside(listener);
    return {
      node,
      bind: byListener(cluster, (listener) => ({ host: '', port: listener.port })),
      advertised: byListener(cluster, advertised),
      dataDirectory,
      keyStore: `${secretsDirectory}/${node.name}.pem`,
      trustStore: `${secretsDirectory}/ca.pem`,
      exporterPort,
    };
  });
}

export function byListener<T>(
  cluster: Cluster,
  value: (listener: Listener) => T,
): Record<Listener['name'], T> {
  return Object.fromEntries(
    cluster.listeners.map((listener) => [listener.name, value(listener)]),
  ) as Record<Listener['name'], T>;
}

/** `host:port,host:port` for clients beside the brokers, where the platform is deployed. */
export const clientAddresses = (platform: Platform): string =>
  bootstrapServers(platform.clusters[0], deployedPlacement(platform), 'clients');

/** `host:port,host:port` of the brokers' listener with this purpose. */
export const bootstrapServers = (
  cluster: Cluster,
  placement: readonly NodePlacement[],
  purpose: Listener['purpose'],
): string => {
  const listener = cluster.listeners.find((candidate) => candidate.purpose === purpose);
  if (!listener) throw new Error(`no listener for ${purpose}`);
  const role = purpose === 'controllers' ? 'controller' : 'broker';
  return placement
    .filter(({ node }) => node.roles.includes(role))
    .map(({ advertised }) => `${advertised[listener.name].host}:${advertised[listener.name].port}`)
    .join(',');
};
