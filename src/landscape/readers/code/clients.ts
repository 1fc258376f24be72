/** Which calls make a client of which library, and what its methods do. */
import type { Kind } from '../../../catalog/kafka-keys/key.ts';
import type { ClientCall } from '../../facts/code.ts';
import type { ClientLibrary, Configuration } from '../../facts/configuration.ts';

/** Where a constructor has its settings. */
type SettingsFrom =
  | { readonly is: 'map'; readonly argument: number; readonly below?: string }
  | { readonly is: 'keywords' }
  /** `kgo.X(...)`, one call for each. */
  | { readonly is: 'options' };

export type Maker = {
  readonly kind: Kind & ('producer' | 'consumer' | 'admin' | 'streams');
  readonly library: ClientLibrary;
  readonly from: SettingsFrom;
  readonly beneath?: Configuration['beneath'];
  readonly framework?: Configuration['framework'];
  /** How the library calls Kafka's keys; as Kafka does, where it is left out. */
  readonly names?: 'dotted' | Names;
  /** What becomes of its values. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

type Names = Readonly<Record<string, string>>;

const firstMap = { is: 'map', argument: 0 } as const;

const springs = { name: 'spring-kafka', settings: [] } as const;

const kafka = 'org.apache.kafka';
const java = { library: 'java', from: firstMap } as const;
const springProducer: Maker = { ...java, kind: 'producer', framework: springs };
const springConsumer: Maker = {
  ...java,
  kind: 'consumer',
  framework: springs,
  // KafkaMessageListenerContainer.determineAutoCommit, since 2.3.
  beneath: { by: "Spring Kafka's default", values: new Map([['enable.auto.commit', 'false']]) },
};

/** librdkafka's other names (CONFIGURATION.md, Alias for). */
const librdkafka: Names = {
  'request.required.acks': 'acks',
  'metadata.broker.list': 'bootstrap.servers',
  'queue.buffering.max.ms': 'linger.ms',
  'max.in.flight': 'max.in.flight.requests.per.connection',
  'message.send.max.retries': 'retries',
  'message.timeout.ms': 'delivery.timeout.ms',
  'compression.codec': 'compression.type',
  'sasl.mechanisms': 'sasl.mechanism',
};

const kafkajs: Names = {
  brokers: 'bootstrap.servers',
  clientId: 'client.id',
  idempotent: 'enable.idempotence',
  transactionalId: 'transactional.id',
  maxInFlightRequests: 'max.in.flight.requests.per.connection',
  allowAutoTopicCreation: 'allow.auto.create.topics',
  acks: 'acks',
  groupId: 'group.id',
  sessionTimeout: 'session.timeout.ms',
  heartbeatInterval: 'heartbeat.interval.ms',
  autoCommit: 'enable.auto.commit',
  createPartitioner: 'partitioner',
  fromBeginning: 'from.beginning',
};

const platformatic: Names = {
  bootstrapBrokers: 'bootstrap.servers',
  clientId: 'client.id',
  idempotent: 'enable.idempotence',
  transactionalId: 'transactional.id',
  acks: 'acks',
  groupId: 'group.id',
  sessionTimeout: 'session.timeout.ms',
  heartbeatInterval: 'heartbeat.interval.ms',
  autocommit: 'enable.auto.commit',
  groupProtocol: 'group.protocol',
  partitioner: 'partitioner',
};

const sarama: Names = {
  'Producer.RequiredAcks': 'acks',
  'Producer.Idempotent': 'enable.idempotence',
  'Producer.Transaction.ID': 'transactional.id',
  'Producer.Partitioner': 'partitioner',
  'Producer.Return.Successes': 'return.successes',
  'Producer.Return.Errors': 'return.errors',
  'Net.MaxOpenRequests': 'max.in.flight.requests.per.connection',
  'Consumer.Offsets.AutoCommit.Enable': 'enable.auto.commit',
  'Consumer.IsolationLevel': 'isolation.level',
  ClientID: 'client.id',
};

const kafkaGo: Names = {
  RequiredAcks: 'acks',
  Brokers: 'bootstrap.servers',
  GroupID: 'group.id',
  Balancer: 'partitioner',
  Async: 'async',
};

/** Options of kgo, whose arguments are values. */
const franz: Names = {
  SeedBrokers: 'bootstrap.servers',
  ClientID: 'client.id',
  RequiredAcks: 'acks',
  DisableIdempotentWrite: 'enable.idempotence',
  MaxProduceRequestsInflightPerBroker: 'max.in.flight.requests.per.connection',
  TransactionalID: 'transactional.id',
  RecordPartitioner: 'partitioner',
  ConsumerGroup: 'group.id',
  DisableAutoCommit: 'enable.auto.commit',
  FetchIsolationLevel: 'isolation.level',
};

const gosarama = 'github.com/IBM/sarama';
const segmentio = 'github.com/segmentio/kafka-go';
const franzGo = 'github.com/twmb/franz-go/pkg/kgo';
const confluentGo = 'github.com/confluentinc/confluent-kafka-go/kafka';
const confluentJs = '@confluentinc/kafka-javascript';
const platformaticKafka = '@platformatic/kafka';

const rd = { library: 'librdkafka', names: librdkafka, from: firstMap } as const;
const rdKafkaJs = {
  library: 'librdkafka',
  names: { ...librdkafka, ...kafkajs },
  from: { is: 'map', argument: 0, below: 'kafkaJS' },
} as const;
const platformaticMaker = {
  library: 'platformatic-kafka',
  names: platformatic,
  from: firstMap,
} as const;

export const makers: Readonly<Record<string, Maker>> = {
  [`${kafka}.clients.producer.KafkaProducer`]: { ...java, kind: 'producer' },
  [`${kafka}.clients.consumer.KafkaConsumer`]: { ...java, kind: 'consumer' },
  [`${kafka}.clients.admin.AdminClient.create`]: { ...java, kind: 'admin' },
  [`${kafka}.clients.admin.Admin.create`]: { ...java, kind: 'admin' },
  [`${kafka}.clients.admin.KafkaAdminClient.create`]: { ...java, kind: 'admin' },
  [`${kafka}.streams.KafkaStreams`]: {
    ...java,
    kind: 'streams',
    from: { is: 'map', argument: 1 },
  },
  'org.springframework.kafka.core.DefaultKafkaProducerFactory': springProducer,
  'org.springframework.kafka.core.DefaultKafkaConsumerFactory': springConsumer,
  'org.springframework.kafka.core.KafkaAdmin': { ...java, kind: 'admin', framework: springs },

  'confluent_kafka.Producer': { ...rd, kind: 'producer' },
  'confluent_kafka.SerializingProducer': { ...rd, kind: 'producer' },
  'confluent_kafka.Consumer': { ...rd, kind: 'consumer' },
  'confluent_kafka.DeserializingConsumer': { ...rd, kind: 'consumer' },
  'confluent_kafka.admin.AdminClient': { ...rd, kind: 'admin' },
  'confluent_kafka.avro.AvroProducer': { ...rd, kind: 'producer' },
  'confluent_kafka.avro.AvroConsumer': { ...rd, kind: 'consumer' },
  'aiokafka.AIOKafkaProducer': {
    library: 'aiokafka',
    kind: 'producer',
    from: { is: 'keywords' },
    names: 'dotted',
  },
  'aiokafka.AIOKafkaConsumer': {
    library: 'aiokafka',
    kind: 'consumer',
    from: { is: 'keywords' },
    names: 'dotted',
  },
  'kafka.KafkaProducer': {
    library: 'kafka-python',
    kind: 'producer',
    from: { is: 'keywords' },
    names: 'dotted',
  },
  'kafka.KafkaConsumer': {
    library: 'kafka-python',
    kind: 'consumer',
    from: { is: 'keywords' },
    names: 'dotted',
  },
  'kafka.KafkaAdminClient': {
    library: 'kafka-python',
    kind: 'admin',
    from: { is: 'keywords' },
    names: 'dotted',
  },

  'kafkajs.Kafka.producer': {
    library: 'kafkajs',
    kind: 'producer',
    from: firstMap,
    names: kafkajs,
  },
  'kafkajs.Kafka.consumer': {
    library: 'kafkajs',
    kind: 'consumer',
    from: firstMap,
    names: kafkajs,
  },
  'kafkajs.Kafka.admin': { library: 'kafkajs', kind: 'admin', from: firstMap, names: kafkajs },
  [`${confluentJs}.KafkaJS.Kafka.producer`]: { ...rdKafkaJs, kind: 'producer' },
  [`${confluentJs}.KafkaJS.Kafka.consumer`]: { ...rdKafkaJs, kind: 'consumer' },
  [`${confluentJs}.Producer`]: { ...rd, kind: 'producer' },
  [`${confluentJs}.HighLevelProducer`]: { ...rd, kind: 'producer' },
  [`${confluentJs}.KafkaConsumer`]: { ...rd, kind: 'consumer' },
  'node-rdkafka.Producer': { ...rd, kind: 'producer' },
  'node-rdkafka.HighLevelProducer': { ...rd, kind: 'producer' },
  'node-rdkafka.KafkaConsumer': { ...rd, kind: 'consumer' },
  [`${platformaticKafka}.Producer`]: { ...platformaticMaker, kind: 'producer' },
  [`${platformaticKafka}.Consumer`]: { ...platformaticMaker, kind: 'consumer' },
  [`${platformaticKafka}.Admin`]: { ...platformaticMaker, kind: 'admin' },

  [`${segmentio}.Writer`]: {
    library: 'kafka-go',
    kind: 'producer',
    from: firstMap,
    names: kafkaGo,
  },
  [`${segmentio}.NewWriter`]: {
    library: 'kafka-go',
    kind: 'producer',
    from: firstMap,
    names: kafkaGo,
    // writer.go, NewWriter: a zero is taken for what was not set.
    values: { acks: { '0': 'all' } },
    beneath: { by: 'the default of kafka-go’s NewWriter', values: new Map([['acks', 'all']]) },
  },
  [`${segmentio}.NewReader`]: {
    library: 'kafka-go',
    kind: 'consumer',
    from: firstMap,
    names: kafkaGo,
  },
  [`${franzGo}.NewClient`]: {
    library: 'franz-go',
    kind: 'producer',
    from: { is: 'options' },
    names: franz,
  },
  [`${confluentGo}.NewProducer`]: { ...rd, kind: 'producer' },
  [`${confluentGo}.NewConsumer`]: { ...rd, kind: 'consumer' },
  [`${confluentGo}.NewAdminClient`]: { ...rd, kind: 'admin' },
  [`${gosarama}.NewSyncProducer`]: {
    library: 'sarama',
    kind: 'producer',
    from: { is: 'map', argument: 1 },
    names: sarama,
  },
  [`${gosarama}.NewAsyncProducer`]: {
    library: 'sarama',
    kind: 'producer',
    from: { is: 'map', argument: 1 },
    names: sarama,
  },
  [`${gosarama}.NewConsumerGroup`]: {
    library: 'sarama',
    kind: 'consumer',
    from: { is: 'map', argument: 2 },
    names: sarama,
  },
};

/** What libraries call values that Kafka has other words for, by the ends of their names. */
export const valueNames: readonly (readonly [RegExp, string])[] = [
  [/\.(RequireNone|NoResponse|NoAck|NO_RESPONSE)$/, '0'],
  [/\.(RequireOne|WaitForLocal|LeaderAck|LEADER)$/, '1'],
  [/\.(RequireAll|WaitForAll|AllISRAcks|ProduceAcks\.ALL)$/, 'all'],
  [/\.(ReadCommitted|READ_COMMITTED)$/, 'read_committed'],
  [/\.(ReadUncommitted|READ_UNCOMMITTED)$/, 'read_uncommitted'],
];

type Does = ClientCall['does'];
type Methods = Readonly<Record<string, Does>>;

const producerMethods: Methods = {
  send: 'sends',
  sendDefault: 'sends',
  flush: 'flushes',
  close: 'closes',
  beginTransaction: 'begins-transaction',
  sendOffsetsToTransaction: 'sends-offsets-to-transaction',
};
const consumerMethods: Methods = {
  poll: 'polls',
  commitSync: 'commits',
  commitAsync: 'commits',
  close: 'closes',
};
const pythonProducer: Methods = {
  produce: 'sends',
  send: 'sends',
  send_and_wait: 'sends',
  poll: 'polls',
  flush: 'flushes',
  close: 'closes',
  stop: 'closes',
  begin_transaction: 'begins-transaction',
  send_offsets_to_transaction: 'sends-offsets-to-transaction',
};
const pythonConsumer: Methods = {
  poll: 'polls',
  consume: 'polls',
  getone: 'polls',
  getmany: 'polls',
  commit: 'commits',
  close: 'closes',
  stop: 'closes',
};
const scriptProducer: Methods = {
  send: 'sends',
  sendBatch: 'sends',
  produce: 'sends',
  poll: 'polls',
  flush: 'flushes',
  setPollInterval: 'polls',
  disconnect: 'closes',
  close: 'closes',
  transaction: 'begins-transaction',
  beginTransaction: 'begins-transaction',
};
const scriptConsumer: Methods = {
  commitOffsets: 'commits',
  commit: 'commits',
  commitSync: 'commits',
  disconnect: 'closes',
  close: 'closes',
};
const goProducer: Methods = {
  Produce: 'sends',
  ProduceSync: 'sends',
  TryProduce: 'sends',
  WriteMessages: 'sends',
  SendMessage: 'sends',
  SendMessages: 'sends',
  Flush: 'flushes',
  Events: 'polls',
  Close: 'closes',
  AsyncClose: 'closes',
  BeginTransaction: 'begins-transaction',
};
const goConsumer: Methods = {
  Poll: 'polls',
  ReadMessage: 'polls',
  FetchMessage: 'polls',
  CommitMessages: 'commits',
  Commit: 'commits',
  CommitMessage: 'commits',
  CommitRecords: 'commits',
  CommitUncommittedOffsets: 'commits',
  Close: 'closes',
};

/** Types of clients, as they are declared or made, and what their methods do. */
export const types: Readonly<
  Record<string, { readonly library: ClientLibrary; readonly methods: Methods }>
> = {
  [`${kafka}.clients.producer.KafkaProducer`]: { library: 'java', methods: producerMethods },
  [`${kafka}.clients.producer.Producer`]: { library: 'java', methods: producerMethods },
  [`${kafka}.clients.consumer.KafkaConsumer`]: { library: 'java', methods: consumerMethods },
  [`${kafka}.clients.consumer.Consumer`]: { library: 'java', methods: consumerMethods },
  'org.springframework.kafka.core.KafkaTemplate': { library: 'java', methods: producerMethods },
  'org.springframework.kafka.core.KafkaOperations': { library: 'java', methods: producerMethods },
  'confluent_kafka.Producer': { library: 'librdkafka', methods: pythonProducer },
  'confluent_kafka.SerializingProducer': { library: 'librdkafka', methods: pythonProducer },
  'confluent_kafka.avro.AvroProducer': { library: 'librdkafka', methods: pythonProducer },
  'confluent_kafka.Consumer': { library: 'librdkafka', methods: pythonConsumer },
  'confluent_kafka.DeserializingConsumer': { library: 'librdkafka', methods: pythonConsumer },
  'aiokafka.AIOKafkaProducer': { library: 'aiokafka', methods: pythonProducer },
  'aiokafka.AIOKafkaConsumer': { library: 'aiokafka', methods: pythonConsumer },
  'kafka.KafkaProducer': { library: 'kafka-python', methods: pythonProducer },
  'kafka.KafkaConsumer': { library: 'kafka-python', methods: pythonConsumer },
  'kafkajs.Kafka.producer': { library: 'kafkajs', methods: scriptProducer },
  'kafkajs.Producer': { library: 'kafkajs', methods: scriptProducer },
  'kafkajs.Kafka.consumer': { library: 'kafkajs', methods: scriptConsumer },
  'kafkajs.Consumer': { library: 'kafkajs', methods: scriptConsumer },
  [`${confluentJs}.KafkaJS.Kafka.producer`]: { library: 'librdkafka', methods: scriptProducer },
  [`${confluentJs}.KafkaJS.Producer`]: { library: 'librdkafka', methods: scriptProducer },
  [`${confluentJs}.KafkaJS.Kafka.consumer`]: { library: 'librdkafka', methods: scriptConsumer },
  [`${confluentJs}.KafkaJS.Consumer`]: { library: 'librdkafka', methods: scriptConsumer },
  [`${confluentJs}.Producer`]: { library: 'librdkafka', methods: scriptProducer },
  [`${confluentJs}.HighLevelProducer`]: { library: 'librdkafka', methods: scriptProducer },
  [`${confluentJs}.KafkaConsumer`]: { library: 'librdkafka', methods: scriptConsumer },
  'node-rdkafka.Producer': { library: 'librdkafka', methods: scriptProducer },
  'node-rdkafka.HighLevelProducer': { library: 'librdkafka', methods: scriptProducer },
  'node-rdkafka.KafkaConsumer': { library: 'librdkafka', methods: scriptConsumer },
  [`${platformaticKafka}.Producer`]: { library: 'platformatic-kafka', methods: scriptProducer },
  [`${platformaticKafka}.Consumer`]: { library: 'platformatic-kafka', methods: scriptConsumer },
  [`${segmentio}.Writer`]: { library: 'kafka-go', methods: goProducer },
  [`${segmentio}.NewWriter`]: { library: 'kafka-go', methods: goProducer },
  [`${segmentio}.Reader`]: { library: 'kafka-go', methods: goConsumer },
  [`${segmentio}.NewReader`]: { library: 'kafka-go', methods: goConsumer },
  [`${franzGo}.NewClient`]: { library: 'franz-go', methods: goProducer },
  [`${franzGo}.Client`]: { library: 'franz-go', methods: goProducer },
  [`${confluentGo}.NewProducer`]: { library: 'librdkafka', methods: goProducer },
  [`${confluentGo}.Producer`]: { library: 'librdkafka', methods: goProducer },
  [`${confluentGo}.NewConsumer`]: { library: 'librdkafka', methods: goConsumer },
  [`${confluentGo}.Consumer`]: { library: 'librdkafka', methods: goConsumer },
  [`${gosarama}.NewSyncProducer`]: { library: 'sarama', methods: goProducer },
  [`${gosarama}.SyncProducer`]: { library: 'sarama', methods: goProducer },
};

/** Where a library's parts lie, by where they may be imported from. */
export const plainName = (name: string): string =>
  name
    .replace(/^github\.com\/Shopify\/sarama\b/, gosarama)
    .replace(/^aiokafka\.(producer|consumer)(\.\w+)*\.(?=AIOKafka)/, 'aiokafka.')
    .replace(/^kafka\.(producer|consumer|admin)(\.\w+)*\.(?=Kafka)/, 'kafka.')
    .replace(
      /^confluent_kafka\.(cimpl|serializing_producer|deserializing_consumer)\./,
      'confluent_kafka.',
    )
    .replace(/^node-rdkafka\.default\./, 'node-rdkafka.');

/** Names of Kafka's and Spring's that matter here, for what is imported with everything around it. */
export const isKnownName = (name: string): boolean =>
  name in makers ||
  name in types ||
  /^org\.apache\.kafka\.(clients\.producer\.Producer(Config|Record)|clients\.consumer\.ConsumerConfig|clients\.admin\.(AdminClientConfig|AdminClient|Admin|NewTopic)|clients\.CommonClientConfigs|common\.config\.(Sasl|Ssl|Topic)Config[s]?|common\.TopicPartition|streams\.StreamsConfig|common\.serialization\.\w+)$/.test(
    name,
  ) ||
  /^org\.springframework\.kafka\.(annotation\.\w+|config\.TopicBuilder)$/.test(name);
