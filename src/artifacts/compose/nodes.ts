import { exporterPort, oneShots } from '../../catalog/own-parts.ts';
import { versions } from '../../catalog/versions.ts';
import {
  dataDirectory,
  deployedPlacement,
  type NodePlacement,
  secretsDirectory,
} from '../../model/placement.ts';
import { isSecured, type Platform, scramUsers } from '../../model/platform.ts';
import { log4j2Path } from '../broker/index.ts';
import { exporterConfigPath } from '../monitoring/exporter.ts';
import { usersPath } from '../security/index.ts';
import {
  afterSuccess,
  caFile,
  inContainer,
  inMemory,
  isProduction,
  listenerFor,
  memoryLimit,
  projectFile,
  published,
  scripts,
  secret,
  volumes,
} from './mounts.ts';
import { exporterJar } from './one-shots.ts';
import { because, type Mapping, shared, type Value } from './yaml.ts';

/** Of Kafka's image, writable for its user. */
const logDirectory = '/usr/logs';

/** What all nodes have in common. */
export function nodeSettings(platform: Platform): Mapping {
  const [cluster] = platform.clusters;
  const [{ heapMegabytes: heap }] = cluster.nodes;
  const port = listenerFor(cluster, 'clients').port;
  const production = isProduction(platform);
  const alone = cluster.nodes.length === 1;
  return {
    ...(production ? shared('hardened') : {}),
    image: versions.kafka.image,
    entrypoint: because(ownStart(platform), ['bash', inContainer('kafka/start.sh')]),
    init: because('Java as process 1 would leave what health checks start as zombies.', true),
    environment: {
      SERVER_HEAP_OPTS: because(
        'For the server alone: tools that are run beside it (docker compose exec) keep their own\nheap and logging, and leave the port of the agent alone.',
        `-Xms${heap}m -Xmx${heap}m`,
      ),
      SERVER_LOG4J_OPTS: `-Dlog4j2.configurationFile=${inContainer(log4j2Path)}`,
      SERVER_OPTS: serverOptions(platform),
      ...(production ? { LOG_DIR: logDirectory } : {}),
      ...passwords(platform),
    },
    depends_on: dependencies(platform),
    healthcheck: {
      test: because('An answer from the broker itself, not just an open port.', [
        'CMD',
        'bash',
        inContainer(scripts.healthy),
        String(port),
        ...(isSecured(platform) ? [caFile] : []),
      ]),
      interval: '5s',
      timeout: '5s',
      retries: 6,
      start_period: '60s',
    },
    stop_grace_period: because(
      alone
        ? 'A broker that is told to stop closes its logs; killed, it reads them again at its start.'
        : 'A broker that is told to stop first hands its leaderships over.',
      '60s',
    ),
    restart: 'unless-stopped',
    tmpfs: inMemory(platform, [dataDirectory, ...(isSecured(platform) ? [secretsDirectory] : [])]),
    ...(production
      ? { ulimits: because('A file per segment and index, a socket per client.', openFiles) }
      : {}),
    deploy: because(
      'Twice the heap: the rest is for the page cache, from which consumers read.',
      memoryLimit(heap * 2, production ? Math.min(2, Math.ceil(heap / 512)) : undefined),
    ),
  };
}

function ownStart(platform: Platform): string {
  const cannot = [
    ...(platform.clusters[0].nodes.length === 1 ? [] : ['form a quorum of several controllers']),
    ...(isSecured(platform) ? ['make SCRAM users'] : []),
  ];
  return cannot.length === 0
    ? "Formats with the ids of this project; the image's own set-up has others."
    : `The image's own set-up can't ${cannot.join(', nor ')}.`;
}

const openFiles = { nofile: { soft: 100_000, hard: 100_000 } };

const serverOptions = (platform: Platform): Value =>
  [
    // A broker without memory answers nobody; one that ends is started again.
    '-XX:+ExitOnOutOfMemoryError',
    ...(platform.monitoring === 'none'
      ? []
      : [`-javaagent:${exporterJar}=${exporterPort}:${inContainer(exporterConfigPath)}`]),
  ].join(' ');

function passwords(platform: Platform): Mapping {
  const [first, ...others] = scramUsers(platform.clusters[0]);
  if (!first) return {};
  return {
    [first.variable]: because(
      'Users are made when the storage is formatted; later ones by topics/apply.sh.',
      secret(first.variable),
    ),
    ...Object.fromEntries(others.map(({ variable }) => [variable, secret(variable)])),
  };
}

function dependencies(platform: Platform): Mapping | undefined {
  const needs = {
    ...(isSecured(platform) ? afterSuccess(oneShots.certs) : {}),
    ...(platform.monitoring === 'none' ? {} : afterSuccess(oneShots.exporter)),
  };
  return Object.keys(needs).length > 0 ? needs : undefined;
}

/** Services of the nodes; the settings are shared where there are several. */
export function nodeServices(platform: Platform): Mapping {
  const [cluster] = platform.clusters;
  const alone = cluster.nodes.length === 1;
  const common = alone ? nodeSettings(platform) : shared('node');
  return Object.fromEntries(
    deployedPlacement(platform).map((place) => [
      place.node.name,
      { ...common, ...ownSettings(platform, place) },
    ]),
  );
}

function ownSettings(platform: Platform, { node, advertised }: NodePlacement): Mapping {
  const [cluster] = platform.clusters;
  const outside = listenerFor(cluster, 'outside');
  return {
    command: [inContainer(`kafka/${node.name}`)],
    ports: [published(advertised[outside.name].port, outside.port)],
    volumes: [
      projectFile('kafka'),
      projectFile(scripts.folder),
      ...(isSecured(platform) ? [projectFile(usersPath)] : []),
      `${volumes.data(node.name)}:${dataDirectory}`,
      ...(isSecured(platform) ? [`${volumes.secrets(node.name)}:${secretsDirectory}:ro`] : []),
      ...(isProduction(platform) ? [`${volumes.logs(node.name)}:${logDirectory}`] : []),
      ...(platform.monitoring === 'none'
        ? []
        : [`${volumes.agents}:/opt/agents:ro`, projectFile(exporterConfigPath)]),
    ],
  };
}
