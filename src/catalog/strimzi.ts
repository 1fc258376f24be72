/**
 * Keys that Strimzi drops from `config` with a line in the operator's log, by what they begin with:
 * FORBIDDEN_PREFIXES and FORBIDDEN_PREFIX_EXCEPTIONS of KafkaClusterSpec, KafkaConnectSpec and
 * KafkaBridge*Spec of the operator's api module, 1.3.
 */
import type { Kind } from './kafka-keys/key.ts';

type Owned = { readonly prefixes: readonly string[]; readonly exceptions: readonly string[] };

const list = (text: string) => text.split(', ');

const tls = list(
  'ssl.endpoint.identification.algorithm, ssl.cipher.suites, ssl.protocol, ssl.enabled.protocols',
);
const client = { prefixes: list('ssl., bootstrap.servers, sasl., security.'), exceptions: tls };

const owned: Readonly<Partial<Record<Kind, Owned>>> = {
  broker: {
    prefixes: list(
      'listeners, advertised., broker., listener., host.name, port, inter.broker.listener.name, sasl., ssl., security., password., log.dir, zookeeper.connect, zookeeper.set.acl, zookeeper.ssl, zookeeper.clientCnxnSocket, authorizer., super.user, cruise.control.metrics.topic, cruise.control.metrics.reporter.bootstrap.servers, node.id, process.roles, controller., metadata.log.dir, zookeeper.metadata.migration.enable, client.quota.callback.static.kafka.admin., client.quota.callback.static.produce, client.quota.callback.static.fetch, client.quota.callback.static.storage.per.volume.limit.min.available., client.quota.callback.static.excluded.principal.name.list, prometheus.metrics.reporter., cordoned.log.dirs',
    ),
    exceptions: list(
      'zookeeper.connection.timeout.ms, sasl.server.max.receive.size, ssl.cipher.suites, ssl.protocol, ssl.enabled.protocols, ssl.secure.random.implementation, cruise.control.metrics.topic.num.partitions, cruise.control.metrics.topic.replication.factor, cruise.control.metrics.topic.retention.ms, cruise.control.metrics.topic.auto.create.retries, cruise.control.metrics.topic.auto.create.timeout.ms, cruise.control.metrics.topic.min.insync.replicas, broker.session.timeout.ms, broker.heartbeat.interval.ms, controller.socket.timeout.ms, controller.quorum.election.backoff.max.ms, controller.quorum.election.timeout.ms, controller.quorum.fetch.timeout.ms',
    ),
  },
  'connect-distributed': {
    prefixes: list(
      'group.id, config.storage.topic, offset.storage.topic, status.storage.topic, ssl., sasl., security., listeners, plugin.path, rest., bootstrap.servers, consumer.interceptor.classes, producer.interceptor.classes, prometheus.metrics.reporter.',
    ),
    exceptions: tls,
  },
  producer: client,
  admin: client,
  consumer: { ...client, prefixes: [...client.prefixes, 'group.id'] },
};

/** ALLOWED_PER_LISTENER_CONFIGS of KafkaClusterSpec. */
const ofListener =
  /^listener\.name\..+\.(connections\.max\.reauth\.ms|max\.connections|max\.connection\.creation\.rate)$/;

/** FORBIDDEN_PARAMETERS of AbstractConnectorSpec: fields say these. */
const ofConnectors: ReadonlySet<string> = new Set([
  ...['name', 'connector.class', 'tasks.max', 'connector.plugin.version'],
]);

/** Whether Strimzi takes this key from nobody: it sets it itself, or leaves it out. */
export function isOwnedByStrimzi(kind: Kind, key: string): boolean {
  if (/^(connect-(source|sink)|mirror-(source|checkpoint|heartbeat))$/.test(kind))
    return ofConnectors.has(key);
  const { prefixes, exceptions } = owned[kind] ?? { prefixes: [], exceptions: [] };
  return (
    prefixes.some((prefix) => key.startsWith(prefix)) &&
    !exceptions.includes(key) &&
    !ofListener.test(key)
  );
}
