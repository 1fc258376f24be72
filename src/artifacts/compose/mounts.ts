import { dataDirectory, secretsDirectory } from '../../model/placement.ts';
import type { Cluster, Listener, Platform } from '../../model/platform.ts';
import { secretsFolder } from '../security/index.ts';
import { because, type Mapping, type Value } from './yaml.ts';

/** Where the project's files lie in a container, at the same places relative to each other. */
export const platformDirectory = '/platform';

export const inContainer = (path: string): string => `${platformDirectory}/${path}`;

/** A file or folder of the project, which a container can only read. */
export const projectFile = (path: string): string => `./${path}:${inContainer(path)}:ro`;

export const scripts = {
  folder: 'compose',
  healthy: 'compose/healthy.sh',
  certs: 'compose/certs.sh',
  exporter: 'compose/jmx-exporter.sh',
} as const;

/** Volumes by use; the names are those of compose.yaml. */
export const volumes = {
  data: (owner: string) => `${owner}-data`,
  secrets: (node: string) => `${node}-secrets`,
  logs: (node: string) => `${node}-logs`,
  ca: 'ca',
  certificateDates: 'certificate-dates',
  agents: 'agents',
} as const;

/**
 * Folders in memory for a container of Kafka's image: those that it declares as volumes
 * and `used` leaves over, and what a read-only container needs.
 */
export function inMemory(platform: Platform, used: readonly string[] = []): Value {
  const declared = ['/mnt/shared/config', dataDirectory, secretsDirectory];
  return because(
    'The image declares volumes: without this, each start leaves some without a name.',
    [
      ...(isProduction(platform) ? [temporaryFolder] : []),
      ...declared.filter((folder) => !used.includes(folder)),
    ],
  );
}

/** exec: codecs such as zstd unpack their native part there. */
export const temporaryFolder = '/tmp:exec';

/** The CA's certificate, for clients. */
export const caFile = `${secretsDirectory}/ca.pem`;
export const caMount = `${volumes.ca}:${secretsDirectory}:ro`;
/** The same, where clients/*.properties look for it. */
export const caMountForTools = `${volumes.ca}:${inContainer(secretsFolder)}:ro`;

/** Published on this machine only: whoever else should reach it, decides that here. */
export const published = (port: number, inside = port): string => `127.0.0.1:${port}:${inside}`;

/** A variable of `.env`; Compose stops with this sentence when it is missing. */
export const secret = (variable: string): string => `\${${variable}:?run security/secrets.sh}`;

export const isProduction = (platform: Platform): boolean => platform.tier > 1;

export function listenerFor(cluster: Cluster, purpose: Listener['purpose']): Listener {
  const listener = cluster.listeners.find((candidate) => candidate.purpose === purpose);
  if (!listener) throw new Error(`no listener for ${purpose}`);
  return listener;
}

export const afterSuccess = (service: string): Mapping => ({
  [service]: { condition: 'service_completed_successfully' },
});

export const memoryLimit = (megabytes: number, cpus?: number): Mapping => ({
  resources: {
    limits: { ...(cpus === undefined ? {} : { cpus: String(cpus) }), memory: `${megabytes}m` },
  },
});
