import { keysOf } from './index.ts';
import type { KafkaRelease } from './key.ts';

/** Classes of Kafka's whose constants are names of keys. */
const holders =
  /^org\.apache\.kafka\.(?:clients\.(?:producer\.ProducerConfig|consumer\.ConsumerConfig|admin\.AdminClientConfig|CommonClientConfigs)|streams\.StreamsConfig|common\.config\.(?:SaslConfigs|SslConfigs|TopicConfig)|clients\.producer\.\w+Config)\.([A-Z][A-Z0-9_]*)$/;

/** Those whose names don't tell. */
const others: Readonly<Record<string, string>> = {
  METRIC_REPORTER_CLASSES_CONFIG: 'metric.reporters',
  SASL_JAAS_CONFIG: 'sasl.jaas.config',
  PARTITIONER_ADPATIVE_PARTITIONING_ENABLE_CONFIG: 'partitioner.adaptive.partitioning.enable',
  MIN_IN_SYNC_REPLICAS_CONFIG: 'min.insync.replicas',
  FLUSH_MESSAGES_INTERVAL_CONFIG: 'flush.messages',
  REMOTE_LOG_STORAGE_ENABLE_CONFIG: 'remote.storage.enable',
  LOCAL_LOG_RETENTION_MS_CONFIG: 'local.retention.ms',
  LOCAL_LOG_RETENTION_BYTES_CONFIG: 'local.retention.bytes',
  RACK_AWARE_ASSIGNMENT_NON_OVERLAP_COST_CONFIG: 'rack.aware.assignment.non_overlap_cost',
  RACK_AWARE_ASSIGNMENT_TRAFFIC_COST_CONFIG: 'rack.aware.assignment.traffic_cost',
  WINDOW_STORE_CHANGE_LOG_ADDITIONAL_RETENTION_MS_CONFIG:
    'windowstore.changelog.additional.retention.ms',
  // StreamsConfig's values of processing.guarantee.
  EXACTLY_ONCE: 'exactly_once',
  EXACTLY_ONCE_BETA: 'exactly_once_beta',
  EXACTLY_ONCE_V2: 'exactly_once_v2',
  AT_LEAST_ONCE: 'at_least_once',
};

/** What tells the key that a constant has: `acks` of `org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG`. */
export async function constantOf(
  release: KafkaRelease,
): Promise<(name: string) => string | undefined> {
  const kinds = ['producer', 'consumer', 'admin', 'streams', 'topic'] as const;
  const all = await Promise.all(kinds.map((kind) => keysOf(kind, release)));
  const isKey = (key: string) => all.some((keys) => keys.has(key));
  return (name) => {
    const constant = holders.exec(name)?.[1];
    if (constant === undefined) return undefined;
    const known = others[constant];
    if (known !== undefined) return known;
    const key = constant
      .replace(/_CONFIG$/, '')
      .toLowerCase()
      .replaceAll('_', '.');
    const withoutClass = key.replace(/\.class$/, '');
    // TRANSACTION_TIMEOUT_CONFIG is in milliseconds, SEND_BUFFER_CONFIG in bytes.
    return (
      [key, withoutClass, `${key}.ms`, `${key}.bytes`].find(isKey) ??
      // Of a key that this release no longer has, or not yet.
      (constant.endsWith('_CONFIG') ? withoutClass : undefined)
    );
  };
}
