/**
 * Recommended broker settings with their reasons, once. The generator writes them,
 * and whatever checks a broker points here. What identifies or places a node
 * (ids, listeners, paths, certificates) is not a recommendation and is not here.
 */
export type BrokerContext = {
  readonly brokers: number;
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
  readonly production: boolean;
  /** Partitions of a topic that is created without saying how many. */
  readonly partitions: number;
};

export type BrokerSetting = {
  readonly key: string;
  readonly section: 'Durability' | 'Internal topics' | 'Topics' | 'Threads and sockets' | 'Groups';
  /** undefined: leave Kafka's default. */
  readonly value: (context: BrokerContext) => string | number | boolean | undefined;
  readonly why: (context: BrokerContext) => string;
  readonly source: string;
};

const always = (text: string) => (): string => text;

const internalFactor = (context: BrokerContext) => context.replicationFactor;

/** Of topics that say nothing else. */
export const retentionHours = 168;

export const brokerSettings: readonly BrokerSetting[] = [
  {
    key: 'default.replication.factor',
    section: 'Durability',
    value: (context) => context.replicationFactor,
    why: (context) =>
      context.replicationFactor === 1
        ? 'One broker can hold one copy. Kafka refuses a topic with more copies than brokers.'
        : "Copies of each partition. Kafka's own default is 1: one lost disk, lost data.",
    source: 'ReplicationConfigs.DEFAULT_REPLICATION_FACTOR_CONFIG',
  },
  {
    key: 'min.insync.replicas',
    section: 'Durability',
    value: (context) => context.minInsyncReplicas,
    why: (context) =>
      context.minInsyncReplicas === 1
        ? 'The only copy is enough to acknowledge a write.'
        : 'Copies that must have a record before acks=all is acknowledged: one broker may be\ndown and writes go on; with two down they stop rather than lose data. With eligible\nleader replicas (KIP-966) this value counts when the cluster is formed; later, alter\nit for the cluster (kafka-configs.sh --entity-default), as topics/apply.sh does.',
    source: 'KIP-966; TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG',
  },
  {
    key: 'unclean.leader.election.enable',
    section: 'Durability',
    value: () => false,
    why: always(
      'A replica that missed acknowledged records never becomes leader:\nbetter unavailable for a moment than silently lost.',
    ),
    source: 'TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG',
  },
  {
    key: 'offsets.topic.replication.factor',
    section: 'Internal topics',
    value: internalFactor,
    why: (context) =>
      context.brokers < 3
        ? 'Kafka asks for 3 by default; with fewer brokers the topic can not be created,\nand no consumer group ever reads anything.'
        : 'Where consumer groups keep their positions: as safe as the data itself.',
    source: 'GroupCoordinatorConfig.OFFSETS_TOPIC_REPLICATION_FACTOR_CONFIG',
  },
  {
    key: 'transaction.state.log.replication.factor',
    section: 'Internal topics',
    value: internalFactor,
    why: always('Where transactions are decided; exactly once depends on it.'),
    source: 'TransactionLogConfig',
  },
  {
    key: 'transaction.state.log.min.isr',
    section: 'Internal topics',
    value: (context) => context.minInsyncReplicas,
    why: always('As min.insync.replicas, for the state of transactions.'),
    source: 'TransactionLogConfig',
  },
  {
    key: 'share.coordinator.state.topic.replication.factor',
    section: 'Internal topics',
    value: internalFactor,
    why: always('State of share groups (KIP-932), which are on in Kafka 4.2 and later.'),
    source: 'ShareCoordinatorConfig',
  },
  {
    key: 'share.coordinator.state.topic.min.isr',
    section: 'Internal topics',
    value: (context) => context.minInsyncReplicas,
    why: always('As min.insync.replicas, for the state of share groups.'),
    source: 'ShareCoordinatorConfig',
  },
  {
    key: 'auto.create.topics.enable',
    section: 'Topics',
    value: () => false,
    why: always(
      'Topics are created on purpose (topics/apply.sh). On by default, a misspelt name\nbecomes a topic, and its records are found by nobody.',
    ),
    source: 'ServerLogConfigs.AUTO_CREATE_TOPICS_ENABLE_CONFIG',
  },
  {
    key: 'num.partitions',
    section: 'Topics',
    value: (context) => context.partitions,
    why: always('For a topic that is created without a partition count.'),
    source: 'ServerLogConfigs.NUM_PARTITIONS_CONFIG',
  },
  {
    key: 'log.retention.hours',
    section: 'Topics',
    value: () => retentionHours,
    why: always('Seven days, unless a topic says otherwise.'),
    source: 'ServerLogConfigs.LOG_RETENTION_TIME_HOURS_CONFIG',
  },
  {
    key: 'log.segment.bytes',
    section: 'Topics',
    value: () => 1_073_741_824,
    why: always('1 GiB. Retention and compaction work on closed segments only.'),
    source: 'ServerLogConfigs.LOG_SEGMENT_BYTES_CONFIG',
  },
  {
    key: 'log.cleanup.policy',
    section: 'Topics',
    value: () => 'delete',
    why: always('Old records go by age; a topic that keeps the newest of each key says compact.'),
    source: 'ServerLogConfigs.LOG_CLEANUP_POLICY_CONFIG',
  },
  {
    key: 'compression.type',
    section: 'Topics',
    value: () => 'lz4',
    why: always(
      'The same as the producers use, so a batch is stored as it arrived;\nanother codec here would make the broker compress everything again.',
    ),
    source: 'TopicConfig.COMPRESSION_TYPE_CONFIG',
  },
  {
    key: 'num.network.threads',
    section: 'Threads and sockets',
    value: () => 3,
    why: always('Read requests and write responses, for each listener.'),
    source: 'SocketServerConfigs.NUM_NETWORK_THREADS_CONFIG',
  },
  {
    key: 'num.io.threads',
    section: 'Threads and sockets',
    value: () => 8,
    why: always(
      'Handle requests, disk included. Watch RequestHandlerAvgIdlePercent before raising it.',
    ),
    source: 'ServerConfigs.NUM_IO_THREADS_CONFIG',
  },
  {
    key: 'socket.send.buffer.bytes',
    section: 'Threads and sockets',
    value: () => 102_400,
    why: always('100 KiB; raise on links with a large delay.'),
    source: 'SocketServerConfigs.SOCKET_SEND_BUFFER_BYTES_CONFIG',
  },
  {
    key: 'socket.receive.buffer.bytes',
    section: 'Threads and sockets',
    value: () => 102_400,
    why: always('100 KiB; raise on links with a large delay.'),
    source: 'SocketServerConfigs.SOCKET_RECEIVE_BUFFER_BYTES_CONFIG',
  },
  {
    key: 'group.initial.rebalance.delay.ms',
    section: 'Groups',
    value: (context) => (context.production ? undefined : 0),
    why: always('Do not wait for more members: a consumer on a laptop starts at once.'),
    source: 'GroupCoordinatorConfig.GROUP_INITIAL_REBALANCE_DELAY_MS_CONFIG',
  },
];
