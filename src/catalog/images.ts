/** What is known of container images: what they run, and how their environment becomes settings. */
import type { Kind } from './kafka-keys/key.ts';
import { isBefore } from './version-order.ts';

/** How an image turns variables into settings. */
export type FromEnvironment = {
  readonly kind: Kind;
  readonly prefix: string;
  /** Variables without the prefix, and what they set. */
  readonly also?: Readonly<Record<string, string>>;
  /** Variables with that prefix that are the image's, or a start script's, own. */
  readonly except: RegExp;
  /** What the image sets itself where no variable does. */
  readonly beneath: Readonly<Record<string, string>>;
  /** What its default file has, which counts as long as no variable is set. */
  readonly withoutAny?: Readonly<Record<string, string>>;
  /** Without KAFKA_LISTENERS it listens where it advertises, on all addresses. */
  readonly derivesListeners?: true;
  /** Keys that it sets from variables of its own, or from defaults that have changed; by line of Kafka. */
  readonly unseen?: (line: string | undefined) => readonly string[];
  /** Variables with a command whose output is the value of a key. */
  readonly computed?: Readonly<Record<string, string>>;
};

export type ImageFamily = {
  readonly repository: RegExp;
  readonly runs: 'broker' | 'zookeeper' | 'connect' | 'registry' | 'ui' | 'rest' | 'exporter';
  readonly environment?: FromEnvironment;
  /** The line of Kafka in an image with this tag: `3.9`. */
  readonly line?: (tag: string) => string | undefined;
  /** It can be started without ZooKeeper only: from this line of Kafka on, or always. */
  readonly kraftFrom?: number;
};

const startScripts =
  /^KAFKA_(VERSION|HEAP_OPTS?|LOG4J_\w+|OPTS|JMX_\w+|JVM_PERFORMANCE_OPTS|GC_LOG_OPTS|TOOLS_LOG4J_\w+|HOME|CLUSTER_ID|SSL_\w+_(FILENAME|CREDENTIALS)|REST_\w+|CONFLUENT_\w+|METRIC_REPORTERS|DEBUG|CREATE_TOPICS)$/;

/** config/server.properties of Kafka's distribution, as far as it differs from the defaults. */
const distributed = {
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
};

/** docker/server.properties of apache/kafka. */
const dockerDefaults = {
  ...distributed,
  'process.roles': 'broker,controller',
  'node.id': '1',
  'controller.quorum.voters': '1@localhost:9093',
  listeners: 'PLAINTEXT://:9092,CONTROLLER://:9093',
  'advertised.listeners': 'PLAINTEXT://localhost:9092',
  'inter.broker.listener.name': 'PLAINTEXT',
  'controller.listener.names': 'CONTROLLER',
  'listener.security.protocol.map':
    'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL',
  'log.dirs': '/tmp/kraft-combined-logs',
};

/** Until Kafka 3.5 its images started as a node of their own where nothing was said of it. */
const bitnamiDefaults = [
  ...['process.roles', 'node.id', 'controller.quorum.voters', 'controller.listener.names'],
  ...['listeners', 'advertised.listeners', 'listener.security.protocol.map'],
  ...['inter.broker.listener.name', 'zookeeper.connect'],
];

const plainLine = (tag: string) => /^(\d+\.\d+)/.exec(tag)?.[1];

/**
 * https://docs.confluent.io/platform/current/installation/versions-interoperability.html: 5.x is Kafka
 * 2.x, 6.0 to 6.2 are 2.6 to 2.8, 7.x is 3.x, and 8.x is 4.x; what is older is before Kafka 2.
 */
function confluentLine(tag: string): string | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(tag) ?? [];
  if (major === undefined) return undefined;
  if (major === '5') return `2.${minor}`;
  if (major === '6') return `2.${Number(minor) + 6}`;
  return Number(major) >= 7 ? `${Number(major) - 4}.${minor}` : '1.0';
}

const imageFamilies: readonly ImageFamily[] = [
  {
    // KafkaDockerWrapper.getServerConfigsFromEnv, docker/jvm/Dockerfile
    repository: /^apache\/kafka(-native)?$/,
    runs: 'broker',
    line: plainLine,
    kraftFrom: 0,
    environment: {
      kind: 'broker',
      prefix: 'KAFKA_',
      except: startScripts,
      beneath: {},
      withoutAny: dockerDefaults,
      derivesListeners: true,
    },
  },
  {
    // confluentinc/kafka-images: kafka/include/etc/confluent/docker/configure
    repository: /^confluentinc\/(cp-kafka|cp-server|cp-enterprise-kafka)$/,
    runs: 'broker',
    line: confluentLine,
    kraftFrom: 4,
    environment: {
      kind: 'broker',
      prefix: 'KAFKA_',
      except: startScripts,
      beneath: { 'log.dirs': '/var/lib/kafka/data' },
      derivesListeners: true,
    },
  },
  { repository: /^confluentinc\/confluent-local$/, runs: 'broker', line: confluentLine },
  {
    repository: /^(bitnami|bitnamilegacy|bitnamisecure)\/kafka$/,
    runs: 'broker',
    line: plainLine,
    // kafka_validate and kafka_initialize in bitnami/containers, rootfs/opt/bitnami/scripts/libkafka.sh
    kraftFrom: 4,
    environment: {
      kind: 'broker',
      prefix: 'KAFKA_CFG_',
      except: /^$/,
      beneath: {
        ...distributed,
        'log.dirs': '/bitnami/kafka/data',
        'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
      },
      unseen: (line) => [
        'ssl.client.auth',
        ...(line !== undefined && isBefore(line, '3.6') ? bitnamiDefaults : []),
      ],
      computed: {
        KAFKA_NODE_ID_COMMAND: 'node.id',
        KAFKA_BROKER_ID_COMMAND: 'broker.id',
        KAFKA_CONTROLLER_QUORUM_VOTERS_COMMAND: 'controller.quorum.voters',
      },
    },
  },
  {
    repository: /^wurstmeister\/kafka$/,
    runs: 'broker',
    line: (tag) => /^\d+\.\d+-(\d+\.\d+)/.exec(tag)?.[1] ?? '2.8',
    environment: {
      kind: 'broker',
      prefix: 'KAFKA_',
      except: startScripts,
      beneath: distributed,
    },
  },
  {
    repository: /^(ubuntu|spotify|strimzi|obsidiandynamics|soldevelo|debezium)\/kafka$/,
    runs: 'broker',
    line: (tag) => /-kafka-(\d+\.\d+)/.exec(tag)?.[1],
  },
  { repository: /^(confluentinc\/cp-|\w+\/)?zookeeper$/, runs: 'zookeeper' },
  {
    repository: /^confluentinc\/cp-(kafka|server)-connect(-base)?$/,
    runs: 'connect',
    line: confluentLine,
    environment: {
      kind: 'connect-distributed',
      prefix: 'CONNECT_',
      // The scripts of the image need REST_PORT, whatever Connect does with it.
      except: /^CONNECT_(LOG4J_\w+|TOOLS_\w+|JMX_\w+|REST_PORT)$/,
      beneath: {},
    },
  },
  {
    // debezium/container-images: connect-base/3.7/docker-entrypoint.sh, over Kafka's own file.
    repository: /^debezium\/connect(-base)?$/,
    runs: 'connect',
    environment: {
      kind: 'connect-distributed',
      prefix: 'CONNECT_',
      except: /^CONNECT_(LOG4J_\w+|REST_\w+)$/,
      also: {
        BOOTSTRAP_SERVERS: 'bootstrap.servers',
        GROUP_ID: 'group.id',
        CONFIG_STORAGE_TOPIC: 'config.storage.topic',
        OFFSET_STORAGE_TOPIC: 'offset.storage.topic',
        STATUS_STORAGE_TOPIC: 'status.storage.topic',
        KEY_CONVERTER: 'key.converter',
        VALUE_CONVERTER: 'value.converter',
      },
      beneath: {
        'group.id': '1',
        'status.storage.topic': 'connect-status',
        'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
        'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
        'config.storage.replication.factor': '1',
        'offset.storage.replication.factor': '1',
        'status.storage.replication.factor': '1',
        'plugin.path': '/kafka/connect',
      },
    },
  },
  {
    repository: /^(confluentinc\/cp-schema-registry|apicurio\/apicurio-registry(-\w+)?)$/,
    runs: 'registry',
  },
  { repository: /^(aiven-open|karapace)\/karapace$/, runs: 'registry' },
  {
    repository:
      /^(provectuslabs\/kafka-ui|kafbat\/kafka-ui|tchiotludo\/akhq|obsidiandynamics\/kafdrop|redpandadata\/console)$/,
    runs: 'ui',
  },
  { repository: /^confluentinc\/cp-kafka-rest$/, runs: 'rest' },
  { repository: /^danielqsj\/kafka-exporter$/, runs: 'exporter' },
];

export const imageFamily = (image: string): ImageFamily | undefined => {
  const repository = repositoryOf(image);
  return imageFamilies.find((one) => one.repository.test(repository));
};

/** What is mostly in an image of such a name, whoever built it. */
const byName: readonly (readonly [RegExp, ImageFamily['runs']])[] = [
  [/(^|\/)(kafka-ui|akhq|kafdrop|kafka-manager|cmak|kowl|redpanda-console|kafka-webview)$/, 'ui'],
  [/(^|\/)(kafka-exporter|jmx-exporter|jmx_exporter|burrow)$/, 'exporter'],
  [/(kafka-connect(-base)?|debezium\/connect|\/connect)$/, 'connect'],
  [/(schema-registry|apicurio-registry[\w-]*|karapace)$/, 'registry'],
  [/(kafka-rest|kafka-bridge)$/, 'rest'],
  [/zookeeper$/, 'zookeeper'],
  [/((^|\/)kafka(-native)?|cp-(server|kafka)|confluent-local)$/, 'broker'],
];

export function runsOf(image: string): ImageFamily['runs'] | undefined {
  const repository = repositoryOf(image);
  return imageFamily(image)?.runs ?? byName.find(([name]) => name.test(repository))?.[1];
}

/** `quay.io/debezium/connect:3.0@sha256:…` is `debezium/connect`. */
export function repositoryOf(image: string): string {
  const [path = ''] = image.split('@');
  const parts = path.split('/');
  const host = parts[0] ?? '';
  if (parts.length > 1 && (/[.:]/.test(host) || host === 'localhost')) parts.shift();
  const name = parts.pop() ?? '';
  return [...parts, name.split(':')[0] ?? ''].slice(-2).join('/');
}

/** The rule of Kafka's and Confluent's images: `_` is a dot, `__` an underscore, `___` a dash. */
export const keyOfVariable = (variable: string, prefix: string): string =>
  variable
    .slice(prefix.length)
    .toLowerCase()
    .replaceAll('_', '.')
    .replaceAll('...', '-')
    .replaceAll('..', '_');
