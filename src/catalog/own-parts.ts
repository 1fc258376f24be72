/**
 * Names and ports that a platform gives to its own parts. What a person names in krafter.yaml
 * has to differ from them; a test holds this equal to what is generated.
 */

/** Users that may do everything: of the administrator, and of the brokers among themselves. */
export const superUsers = { administrator: 'admin', brokers: 'broker' } as const;

/** Of the user that sends a service's dead letters to their topic again. */
export const replaySuffix = '-replay';

export const nodeName = (number: number): string => `broker-${number}`;
/** Of nodes; controllers may get machines of their own. */
export const nodeNames = /^(broker|controller)(-[0-9]+)?$/;

/** Services of compose.yaml that do one thing and end; `replay` when a person starts it. */
export const oneShots = {
  certs: 'certs',
  exporter: 'jmx-exporter',
  topics: 'topics',
  replay: 'replay',
} as const;

export const monitoringServices = ['prometheus', 'grafana'] as const;
export const prometheusPort = 9090;
export const grafanaPort = 3000;
/** Whose password Grafana's is, as if it were a user: GRAFANA_ADMIN_PASSWORD. */
export const grafanaAdmin = 'grafana-admin';

/** On each node. Compose publishes the outside one elsewhere, on a port of its own per node. */
export const listenerPorts = { CONTROLLER: 9093, BROKER: 9091, CLIENT: 9092, EXTERNAL: 9094 };
export const exporterPort = 9404;

/** Heap that `krafter up` gives a node at most: three of them and more beside them on a laptop. */
export const nativeHeapMegabytes = 512;

/** Where `krafter up` begins to look for ports: a block of ten for each node. */
export const firstNativePort = 19_090;
/** The last digit is the usual one: 9092 becomes 19092. */
export const inBlock = (first: number, port: number): number => first + (port % 10);
