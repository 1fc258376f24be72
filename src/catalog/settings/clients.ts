/** Recommended client settings with their reasons, once; in the names of Kafka's own clients. */
export type ClientSetting = {
  readonly key: string;
  readonly section: 'Producer' | 'Consumer';
  readonly value: string | number | boolean;
  readonly why: string;
  readonly source: string;
};

export const producerSettings: readonly ClientSetting[] = [
  {
    key: 'acks',
    section: 'Producer',
    value: 'all',
    why: 'Acknowledged when all in-sync replicas have it; min.insync.replicas says how many at least.',
    source: 'ProducerConfig.ACKS_CONFIG',
  },
  {
    key: 'enable.idempotence',
    section: 'Producer',
    value: true,
    why: 'A retried batch is written once, in order. Off by default in librdkafka.',
    source: 'KIP-98; ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG',
  },
  {
    key: 'max.in.flight.requests.per.connection',
    section: 'Producer',
    value: 5,
    why: 'The most that keeps order with idempotence.',
    source: 'ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION',
  },
  {
    key: 'batch.size',
    section: 'Producer',
    value: 65_536,
    why: '64 KiB: fewer, better compressed requests.',
    source: 'ProducerConfig.BATCH_SIZE_CONFIG',
  },
  {
    key: 'linger.ms',
    section: 'Producer',
    value: 5,
    why: 'How long a batch waits to be filled.',
    source: 'ProducerConfig.LINGER_MS_CONFIG',
  },
  {
    key: 'compression.type',
    section: 'Producer',
    value: 'lz4',
    why: 'As the topics store it: what arrives in another codec, the broker compresses again.',
    source: 'ProducerConfig.COMPRESSION_TYPE_CONFIG',
  },
];

export const consumerSettings: readonly ClientSetting[] = [
  {
    key: 'enable.auto.commit',
    section: 'Consumer',
    value: false,
    why: 'The application commits, after the effect: what was not done is read again.',
    source: 'ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG',
  },
  {
    key: 'auto.offset.reset',
    section: 'Consumer',
    value: 'earliest',
    why: 'A new group processes what is there already; latest is for tailing.',
    source: 'ConsumerConfig.AUTO_OFFSET_RESET_CONFIG',
  },
  {
    key: 'isolation.level',
    section: 'Consumer',
    value: 'read_committed',
    why: 'Records of aborted transactions are never seen.',
    source: 'KIP-98; ConsumerConfig.ISOLATION_LEVEL_CONFIG',
  },
  {
    key: 'partition.assignment.strategy',
    section: 'Consumer',
    value: 'org.apache.kafka.clients.consumer.CooperativeStickyAssignor',
    why: 'Members keep what they have while one comes or goes (KIP-429).',
    source: 'ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG',
  },
  {
    key: 'session.timeout.ms',
    section: 'Consumer',
    value: 45_000,
    why: 'A member that was killed is gone after 45 s; until then its partitions wait.',
    source: 'KIP-735; ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG',
  },
  {
    key: 'max.poll.records',
    section: 'Consumer',
    value: 500,
    why: 'What one poll returns at most; handling it must take less than max.poll.interval.ms.',
    source: 'ConsumerConfig.MAX_POLL_RECORDS_CONFIG',
  },
];
