import {
  exporterPort,
  grafanaPort,
  listenerPorts,
  nodeName,
  prometheusPort,
} from '../../catalog/own-parts.ts';
import type { Blueprint } from '../schema.ts';
import type { Contradiction } from './contradiction.ts';

/** Who listens on a port of the machine that may have them all. */
type Holder = {
  readonly port: number;
  readonly who: string;
  /** Where the blueprint says so; the platform's own ports are fixed. */
  readonly path?: readonly PropertyKey[];
  readonly next?: string;
};

/** Two that would listen on one port of one machine. */
export function ports(blueprint: Blueprint): Contradiction[] {
  const all = holders(blueprint);
  return all.flatMap((holder, index) => {
    const other = all.slice(0, index).find(({ port }) => port === holder.port);
    // Of two, the one to change; a service moves more easily than all brokers.
    const [mover, stayer] = holder.path ? [holder, other] : [other, holder];
    if (!other || !mover?.path || !stayer) return [];
    return [
      {
        path: mover.path,
        what: `Port ${holder.port} is that of ${stayer.who}, and ${mover.who} has it too.`,
        why:
          blueprint.deploy === 'compose'
            ? 'Compose publishes both on this machine: the second container would not start.'
            : 'On a machine that runs both, the second to start would find it taken.',
        next: mover.next ?? 'Use another port.',
      },
    ];
  });
}

function holders(blueprint: Blueprint): Holder[] {
  const { cluster, services } = blueprint;
  return [
    ...(blueprint.deploy === 'compose'
      ? Array.from({ length: cluster.brokers }, (_, index) => published(cluster, index))
      : onEachNode(blueprint)),
    ...services.map(
      ({ name, port }, index): Holder => ({
        port,
        who: name,
        path: ['services', index, 'port'],
        next: `Give ${name} another port.`,
      }),
    ),
    ...monitoring(blueprint),
  ];
}

const published = ({ externalPort }: Blueprint['cluster'], index: number): Holder => ({
  port: externalPort + index,
  who: `${nodeName(index + 1)} (externalPort ${externalPort})`,
  path: ['cluster', 'externalPort'],
  next: 'Move externalPort; 29092 is usual.',
});

const onEachNode = ({ monitoring }: Blueprint): Holder[] => [
  ...(['CONTROLLER', 'BROKER', 'CLIENT'] as const).map((name) => ({
    port: listenerPorts[name],
    who: `the listener ${name} of each node`,
  })),
  ...(monitoring === 'none' ? [] : [{ port: exporterPort, who: 'the metrics of each node' }]),
];

const monitoring = ({ monitoring }: Blueprint): Holder[] => [
  ...(monitoring === 'none' ? [] : [{ port: prometheusPort, who: 'Prometheus' }]),
  ...(monitoring === 'grafana' ? [{ port: grafanaPort, who: 'Grafana' }] : []),
];
