/** What clients that are not Kafka's own do when they are told nothing; each read in its own sources. */
type Defaults = Readonly<Record<string, string>>;

type ClientDefaults = {
  readonly title: string;
  readonly version: string;
  readonly source: string;
  /** Known as Kafka's keys, with Kafka's values. */
  readonly producer: Defaults;
  /** What idempotence changes, where it is asked for. */
  readonly idempotent?: Defaults;
  readonly consumer: Defaults;
};

const inFlight = 'max.in.flight.requests.per.connection';

export const clientDefaults = {
  librdkafka: {
    title: 'librdkafka',
    version: '2.15.0',
    source: 'CONFIGURATION.md',
    producer: {
      acks: '-1',
      'enable.idempotence': 'false',
      [inFlight]: '1000000',
      partitioner: 'consistent_random',
    },
    idempotent: { [inFlight]: '5' },
    consumer: {
      'enable.auto.commit': 'true',
      'isolation.level': 'read_committed',
      'partition.assignment.strategy': 'range,roundrobin',
      'session.timeout.ms': '45000',
      'heartbeat.interval.ms': '3000',
    },
  },
  aiokafka: {
    title: 'aiokafka',
    version: '0.14.0',
    source: 'aiokafka/producer/producer.py, aiokafka/consumer/consumer.py',
    producer: { acks: '1', 'enable.idempotence': 'false', partitioner: 'murmur2' },
    idempotent: { acks: '-1' },
    consumer: {
      'enable.auto.commit': 'true',
      'isolation.level': 'read_uncommitted',
      'session.timeout.ms': '10000',
      'heartbeat.interval.ms': '3000',
    },
  },
  'kafka-python': {
    title: 'kafka-python',
    version: '3.0.12',
    source: 'kafka/producer/kafka.py, kafka/consumer/group.py',
    producer: {
      acks: '-1',
      'enable.idempotence': 'true',
      [inFlight]: '5',
      partitioner: 'murmur2',
    },
    consumer: { 'enable.auto.commit': 'true', 'isolation.level': 'read_uncommitted' },
  },
  kafkajs: {
    title: 'KafkaJS',
    version: '2.2.4',
    source: 'src/producer/index.js, src/consumer/index.js',
    producer: { acks: '-1', 'enable.idempotence': 'false', partitioner: 'murmur2' },
    consumer: {
      'enable.auto.commit': 'true',
      'isolation.level': 'read_committed',
      'session.timeout.ms': '30000',
      'heartbeat.interval.ms': '3000',
    },
  },
  'platformatic-kafka': {
    title: '@platformatic/kafka',
    version: '2.12.1',
    source: 'dist/clients/producer/producer.js, dist/clients/consumer/options.js',
    producer: { acks: '1', 'enable.idempotence': 'false' },
    idempotent: { acks: '-1' },
    consumer: { 'enable.auto.commit': 'true', 'isolation.level': 'read_committed' },
  },
  'franz-go': {
    title: 'franz-go',
    version: '1.22.2',
    source: 'pkg/kgo/config.go',
    producer: { acks: '-1', 'enable.idempotence': 'true', partitioner: 'murmur2' },
    consumer: {
      'enable.auto.commit': 'true',
      'isolation.level': 'read_uncommitted',
      'session.timeout.ms': '45000',
      'heartbeat.interval.ms': '3000',
    },
  },
  sarama: {
    title: 'Sarama',
    version: '1.61.1',
    source: 'config.go, NewConfig',
    producer: { acks: '1', 'enable.idempotence': 'false', [inFlight]: '5', partitioner: 'fnv-1a' },
    consumer: {
      'enable.auto.commit': 'true',
      'isolation.level': 'read_uncommitted',
      'session.timeout.ms': '10000',
      'heartbeat.interval.ms': '3000',
    },
  },
  'kafka-go': {
    title: 'kafka-go',
    version: '0.4.51',
    source: 'writer.go: RequireNone is the zero value',
    producer: { acks: '0', 'enable.idempotence': 'false' },
    consumer: {},
  },
} as const satisfies Readonly<Record<string, ClientDefaults>>;

export type OtherClient = keyof typeof clientDefaults;

const all: Readonly<Record<OtherClient, ClientDefaults>> = clientDefaults;

/** The text of a key in Kafka's words; undefined where it is unset, or not known here. */
export function clientDefault(
  client: OtherClient,
  kind: string,
  key: string,
  isIdempotent: boolean,
): string | undefined {
  const { producer, idempotent, consumer } = all[client];
  if (kind === 'consumer') return consumer[key];
  if (kind !== 'producer') return undefined;
  return (isIdempotent ? idempotent?.[key] : undefined) ?? producer[key];
}
