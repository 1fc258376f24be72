import { grafanaPort, prometheusPort } from '../../../catalog/own-parts.ts';
import { deployedPlacement } from '../../../model/placement.ts';
import {
  isSecured,
  type Listener,
  type ListenerPurpose,
  type ListenerSecurity,
  type Node,
  type Platform,
} from '../../../model/platform.ts';
import { bullets, code, markdownTable, paragraph, type Section } from '../../markdown.ts';

/** Where everything listens: between the nodes, from outside, and natively. */
export const addresses = (platform: Platform): Section => ({
  heading: 'Ports and addresses',
  blocks: [
    ...(platform.deployment === 'bare-metal' ? onMachines(platform) : inCompose(platform)),
    paragraph(
      isSecured(platform)
        ? 'Certificates carry these names, and every client verifies them: connect by name, not by IP address.'
        : 'Nothing asks who you are: keep these ports away from networks that you do not trust.',
    ),
    paragraph(
      'With `krafter up` everything listens on 127.0.0.1 only, on ports that are free then; `krafter status` shows them.',
    ),
  ],
});

const protocols: Readonly<Record<ListenerSecurity['kind'], string>> = {
  plaintext: 'PLAINTEXT',
  mtls: 'TLS, both with a certificate',
  'sasl-ssl': 'TLS, SCRAM-SHA-512',
};

const uses: Readonly<Record<ListenerPurpose, string>> = {
  controllers: 'controllers',
  brokers: 'replication',
  clients: 'clients',
  outside: 'clients',
};

/** Controllers listen on some of the nodes only. */
const nodesOf = (platform: Platform, { purpose }: Listener): readonly Node[] =>
  platform.clusters[0].nodes.filter(
    ({ roles }) => purpose !== 'controllers' || roles.includes('controller'),
  );

/** `a:1`, or the first and the last of several. */
const range = (addresses: readonly string[]): string =>
  addresses.length < 3
    ? addresses.map(code).join(', ')
    : `${code(addresses[0] ?? '')} … ${code(addresses.at(-1) ?? '')}`;

function inCompose(platform: Platform): string[] {
  const [cluster] = platform.clusters;
  const outside = range(
    cluster.nodes.map((_, index) => `localhost:${cluster.outsidePort + index}`),
  );
  const http = (name: string, port: number, how = 'HTTP') => [
    code(name),
    code(`${name}:${port}`),
    code(`localhost:${port}`),
    how,
  ];
  return [
    markdownTable(
      ['for', 'between containers', 'from this machine', 'how'],
      [
        ...cluster.listeners
          .filter(({ purpose }) => purpose !== 'outside')
          .map((listener) => [
            uses[listener.purpose],
            range(nodesOf(platform, listener).map(({ host }) => `${host}:${listener.port}`)),
            listener.purpose === 'clients' ? outside : '',
            protocols[listener.security.kind],
          ]),
        ...platform.application.services.map(({ name, port }) => http(name, port)),
        ...(platform.monitoring === 'none'
          ? []
          : [
              [
                'metrics of Kafka',
                range(
                  deployedPlacement(platform).map(
                    (place) => `${place.node.host}:${place.exporterPort}`,
                  ),
                ),
                '',
                'HTTP',
              ],
              http('prometheus', prometheusPort),
            ]),
        ...(platform.monitoring === 'grafana'
          ? [http('grafana', grafanaPort, 'HTTP, login `admin`')]
          : []),
      ],
    ),
  ];
}

function onMachines(platform: Platform): string[] {
  const [cluster] = platform.clusters;
  const [place] = deployedPlacement(platform);
  const alone = cluster.nodes.length === 1;
  const nodes = alone ? 'the node' : 'every node';
  return [
    markdownTable(
      ['for', 'where', 'port', 'open to', 'how'],
      [
        ...cluster.listeners.map((listener) => [
          uses[listener.purpose],
          nodesOf(platform, listener).length === cluster.nodes.length ? nodes : 'every controller',
          String(listener.port),
          listener.purpose === 'clients' ? 'clients' : alone ? 'itself only' : 'the other nodes',
          protocols[listener.security.kind],
        ]),
        ...(platform.monitoring === 'none'
          ? []
          : [['metrics of Kafka', nodes, String(place?.exporterPort), 'Prometheus', 'HTTP']]),
        ...platform.application.services.map(({ name, port }) => [
          code(name),
          '127.0.0.1',
          String(port),
          'its own machine',
          'HTTP',
        ]),
      ],
    ),
    bullets(
      cluster.nodes.map(
        ({ name, host, roles }) => `${code(name)}, ${roles.join(' and ')}: ${code(host)}`,
      ),
    ),
  ];
}
