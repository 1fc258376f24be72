/**
 * Strimzi's custom resources: v1, and what was before it. Facts are from strimzi-kafka-operator 1.3,
 * cluster-operator/src/main/java/io/strimzi/operator/cluster/model.
 */
import { keysOf } from '../../../catalog/kafka-keys/index.ts';
import type { KafkaRelease, Kind } from '../../../catalog/kafka-keys/key.ts';
import { isOwnedByStrimzi } from '../../../catalog/strimzi.ts';
import { kafkaReleases } from '../../../catalog/versions.ts';
import type { YamlNode } from '../../../files/formats/yaml.ts';
import type { Configuration, Setting } from '../../facts/configuration.ts';
import { type Facts, landscapeOf } from '../../facts/index.ts';
import type { Exporter } from '../../facts/monitoring.ts';
import type { Acl, Topic } from '../../facts/topic.ts';
import { kindOfConnector } from '../connect/connectors.ts';
import type { Reader } from '../reader.ts';
import { settingIn } from '../value.ts';
import { isPatch } from './kustomize.ts';
import { locatedOf, type Manifest, manifestFiles, manifestsOf, resourceOf } from './manifest.ts';

const apiVersion = /\b(kafka|core)\.strimzi\.io\//;

/** The label that names the cluster of a pool, topic, user or connector. */
const clusterLabel = 'strimzi.io/cluster';

export const strimzi: Reader = {
  files: manifestFiles,
  mentions: apiVersion,
  async read(file, project, release) {
    const isPart = isPatch(file, project);
    const manifests = (await manifestsOf(file, apiVersion)).map((manifest) =>
      isPart || lacksItsEssence(manifest) ? { ...manifest, isOpen: () => true } : manifest,
    );
    const facts = await Promise.all(manifests.map((manifest) => factsOf(manifest, release)));
    return landscapeOf([...facts, { resources: manifests.map(resourceOf) }]);
  },
};

/** What a resource must have; without it the rest is put in elsewhere, as a patch's is. */
const essence: Readonly<Record<string, readonly string[]>> = {
  Kafka: ['spec', 'kafka', 'listeners'],
  KafkaNodePool: ['spec', 'roles'],
  KafkaConnect: ['spec', 'bootstrapServers'],
};

function lacksItsEssence({ kind, root }: Manifest): boolean {
  const path = essence[kind];
  return path !== undefined && root.get(...path) === undefined;
}

async function factsOf(manifest: Manifest, release: KafkaRelease): Promise<Facts> {
  switch (manifest.kind) {
    case 'Kafka':
      return { configurations: await broker(manifest, release), exporters: exporters(manifest) };
    case 'KafkaTopic':
      return topic(manifest);
    case 'KafkaUser':
      return { acls: acls(manifest) };
    case 'KafkaConnect':
    case 'KafkaConnectS2I':
      return { configurations: await worker(manifest, release), exporters: exporters(manifest) };
    case 'KafkaConnector':
      return { configurations: [connector(manifest)] };
    case 'KafkaMirrorMaker2':
      return { configurations: await mirrors(manifest, release) };
    case 'KafkaBridge':
      return { configurations: await bridge(manifest, release) };
    default:
      return {};
  }
}

/** The settings of a map, if it is there at all, or may be. */
function configurationOf(
  manifest: Manifest,
  kind: Kind,
  node: YamlNode | undefined,
  more: Partial<Configuration> & { readonly also?: readonly Setting[] } = {},
): Configuration {
  const { also = [], ...rest } = more;
  const spec = manifest.root.get('spec');
  return {
    kind,
    file: manifest.source.path,
    at: node?.keyAt ?? manifest.at,
    settings: [
      ...also,
      ...(node?.entries() ?? [])
        .filter(([key]) => !isDropped(manifest, kind, key))
        .map(([key, value]) => settingIn(key, value)),
    ],
    name: manifest.name,
    ...rest,
    ...(manifest.isOpen(node ?? spec) && { open: true as const }),
  };
}

/** What means nothing; before v1, a worker's group and topics had no fields of their own. */
const isDropped = ({ apiVersion }: Manifest, kind: Kind, key: string): boolean =>
  isOwnedByStrimzi(kind, key) &&
  (kind !== 'connect-distributed' || apiVersion.text?.endsWith('/v1') || !workerDefaults.has(key));

async function broker(manifest: Manifest, release: KafkaRelease): Promise<Configuration[]> {
  const kafka = manifest.root.get('spec', 'kafka');
  if (!kafka) return [];
  const own = releaseOf(kafka.get('version'));
  return [
    configurationOf(manifest, 'broker', kafka.get('config'), {
      cluster: clusterOf(manifest.namespace, manifest.name),
      nodes: Number(kafka.get('replicas')?.text) || 'unknown',
      ...(own && { release: own }),
      beneath: {
        by: "Strimzi's default",
        // KafkaConfiguration.DEFAULTS, whatever Kafka's would be with eligible leader replicas.
        values: new Map([['min.insync.replicas', '1']]),
        unseen: await ownedKeys('broker', own ?? release),
      },
    }),
  ];
}

const clusterOf = (namespace: string | undefined, name: string): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

/** The oldest of the catalogue for those before it. */
function releaseOf(version: YamlNode | undefined): KafkaRelease | undefined {
  const [, major, minor] = /^(\d)\.(\d+)(\.\d+)*$/.exec(version?.text ?? '') ?? [];
  if (major === undefined) return undefined;
  const release = `${major}.${minor}`;
  if (release in kafkaReleases) return release as KafkaRelease;
  return Number(major) < 4 ? '3.9' : undefined;
}

/** Keys that the operator takes from nobody: it sets them itself, or leaves them out. */
async function ownedKeys(kind: Kind, release: KafkaRelease): Promise<ReadonlySet<string>> {
  const keys = [...(await keysOf(kind, release)).keys()];
  return new Set(keys.filter((key) => isOwnedByStrimzi(kind, key) && !workerDefaults.has(key)));
}

function topic(manifest: Manifest): Facts {
  const spec = manifest.root.get('spec');
  const name = spec?.get('topicName') ?? manifest.root.get('metadata', 'name');
  if (name?.text === undefined) return {};
  const cluster = manifest.root.get('metadata', 'labels', clusterLabel)?.text;
  const own = cluster && { cluster: clusterOf(manifest.namespace, cluster) };
  const config = spec?.get('config');
  const configuration = config
    ? configurationOf(manifest, 'topic', config, { ...own, name: name.text })
    : undefined;
  // -1 stands for the broker's default, as null does (TopicOperatorUtil.partitions).
  const given = (node: YamlNode | undefined) =>
    node?.text === undefined || node.text === '-1' ? undefined : locatedOf(node);
  const [partitions, copies] = [given(spec?.get('partitions')), given(spec?.get('replicas'))];
  const found: Topic = {
    name: locatedOf(name),
    at: manifest.at,
    by: 'KafkaTopic',
    ...(partitions && { partitions }),
    ...(copies && { replicationFactor: copies }),
    ...(configuration && { configuration }),
    ...own,
  };
  return { topics: [found], configurations: configuration ? [configuration] : [] };
}

const resourceTypes: Readonly<Record<string, Acl['resource']>> = {
  topic: 'topic',
  group: 'group',
  cluster: 'cluster',
  transactionalId: 'transactional-id',
};

function acls(manifest: Manifest): Acl[] {
  const { root, name, namespace } = manifest;
  const user = root.get('metadata', 'name');
  const byCertificate = root.get('spec', 'authentication', 'type')?.text?.startsWith('tls');
  const cluster = root.get('metadata', 'labels', clusterLabel)?.text;
  if (!user) return [];
  const value = locatedOf(user).value;
  const principal = {
    value: 'known' in value ? { known: `User:${byCertificate ? 'CN=' : ''}${name}` } : value,
    at: user.at,
  };
  return (root.get('spec', 'authorization', 'acls')?.items() ?? []).flatMap((rule) => {
    const resource = resourceTypes[rule.get('resource', 'type')?.text ?? ''];
    if (!resource) return [];
    const [named, host] = [rule.get('resource', 'name'), rule.get('host')];
    // One operation was all that a rule could have at first.
    const operations = rule.get('operations')?.items() ?? [rule.get('operation')];
    return [
      {
        at: rule.at,
        principal,
        permission: rule.get('type')?.text === 'deny' ? ('deny' as const) : ('allow' as const),
        operations: operations.flatMap((one) => one?.text ?? []),
        resource,
        name: named ? locatedOf(named) : { value: { known: 'kafka-cluster' }, at: rule.at },
        pattern:
          rule.get('resource', 'patternType')?.text === 'prefix'
            ? ('prefixed' as const)
            : ('literal' as const),
        ...(host && { host: locatedOf(host) }),
        ...(cluster !== undefined && { cluster: clusterOf(namespace, cluster) }),
      },
    ];
  });
}

/** Fields of the resource that are keys of Kafka. */
const fieldsOf = (node: YamlNode | undefined, keys: Readonly<Record<string, string>>): Setting[] =>
  Object.entries(keys).flatMap(([field, key]) => {
    const value = node?.get(field);
    return value ? [settingIn(key, value, field)] : [];
  });

const workerFields = {
  bootstrapServers: 'bootstrap.servers',
  groupId: 'group.id',
  configStorageTopic: 'config.storage.topic',
  offsetStorageTopic: 'offset.storage.topic',
  statusStorageTopic: 'status.storage.topic',
};

/** KafkaConnectConfiguration.DEFAULTS; the first four were fields from v1 on. */
const workerDefaults = new Map([
  ['group.id', 'connect-cluster'],
  ['offset.storage.topic', 'connect-cluster-offsets'],
  ['config.storage.topic', 'connect-cluster-configs'],
  ['status.storage.topic', 'connect-cluster-status'],
  ['key.converter', 'org.apache.kafka.connect.json.JsonConverter'],
  ['value.converter', 'org.apache.kafka.connect.json.JsonConverter'],
]);

async function worker(
  manifest: Manifest,
  release: KafkaRelease,
  holder = manifest.root.get('spec'),
  version = manifest.root.get('spec', 'version'),
): Promise<Configuration[]> {
  const own = releaseOf(version);
  return [
    configurationOf(manifest, 'connect-distributed', holder?.get('config'), {
      also: fieldsOf(holder, workerFields),
      ...(own && { release: own }),
      beneath: {
        by: "Strimzi's default",
        values: workerDefaults,
        unseen: await ownedKeys('connect-distributed', own ?? release),
      },
    }),
  ];
}

function connector(manifest: Manifest): Configuration {
  const spec = manifest.root.get('spec');
  const config = spec?.get('config');
  const hasTopics = config?.entries().some(([key]) => key === 'topics' || key === 'topics.regex');
  const kind = kindOfConnector(spec?.get('class')?.text, hasTopics === true);
  const cluster = manifest.root.get('metadata', 'labels', clusterLabel)?.text;
  return configurationOf(manifest, kind, config, {
    also: fieldsOf(spec, { class: 'connector.class', tasksMax: 'tasks.max' }),
    ...(cluster !== undefined && { cluster: clusterOf(manifest.namespace, cluster) }),
  });
}

const connectors = {
  sourceConnector: 'mirror-source',
  checkpointConnector: 'mirror-checkpoint',
  heartbeatConnector: 'mirror-heartbeat',
} as const;

/** KafkaMirrorMaker2Connectors puts the patterns where both connectors read them. */
const patterns = { topicsPattern: 'topics', groupsPattern: 'groups' };
const patternsBefore = {
  topicsExcludePattern: 'topics.exclude',
  groupsExcludePattern: 'groups.exclude',
};
const patternKinds: Readonly<Record<string, Kind>> = {
  topicsPattern: 'mirror-source',
  topicsExcludePattern: 'mirror-source',
  groupsPattern: 'mirror-checkpoint',
  groupsExcludePattern: 'mirror-checkpoint',
};

async function mirrors(manifest: Manifest, release: KafkaRelease): Promise<Configuration[]> {
  const spec = manifest.root.get('spec');
  const connect = spec?.get('connectCluster')?.text;
  const target =
    spec?.get('target') ??
    spec
      ?.get('clusters')
      ?.items()
      .find((cluster) => cluster.get('alias')?.text === connect);
  const workers = target ? await worker(manifest, release, target, spec?.get('version')) : [];
  const mirrored = (spec?.get('mirrors')?.items() ?? []).flatMap((mirror) =>
    Object.entries(connectors).flatMap(([field, kind]) => {
      const connector = mirror.get(field);
      if (!connector) return [];
      const fields = Object.entries({ ...patterns, ...patternsBefore }).filter(
        ([pattern]) => patternKinds[pattern] === kind,
      );
      return [
        configurationOf(manifest, kind, connector.get('config'), {
          also: [
            ...fieldsOf(connector, { tasksMax: 'tasks.max' }),
            ...fieldsOf(mirror, Object.fromEntries(fields)),
          ],
          ...(manifest.isOpen(connector) && { open: true }),
        }),
      ];
    }),
  );
  return [...workers, ...mirrored];
}

const bridgeClients = { producer: 'producer', consumer: 'consumer', adminClient: 'admin' } as const;

async function bridge(manifest: Manifest, release: KafkaRelease): Promise<Configuration[]> {
  const spec = manifest.root.get('spec');
  const clients = Object.entries(bridgeClients).map(async ([field, kind]) => {
    const config = spec?.get(field, 'config');
    if (!config) return [];
    const unseen = await ownedKeys(kind, release);
    const beneath = { by: "Strimzi's default", values: new Map<string, string>(), unseen };
    const also = fieldsOf(spec, { bootstrapServers: 'bootstrap.servers' });
    return [configurationOf(manifest, kind, config, { also, beneath })];
  });
  return (await Promise.all(clients)).flat();
}

function exporters({ root }: Manifest): Exporter[] {
  const holders = [root.get('spec', 'kafka', 'metricsConfig'), root.get('spec', 'metricsConfig')];
  const found: Exporter[] = holders.flatMap((node) =>
    node ? [{ kind: 'strimzi', at: node.keyAt ?? node.at }] : [],
  );
  const lag = root.get('spec', 'kafkaExporter');
  return lag ? [...found, { kind: 'kafka-exporter', at: lag.keyAt ?? lag.at }] : found;
}
