import type { KafkaRelease, Kind } from './key.ts';

/** Keys that went, by hand: a ConfigDef does not tell where its keys have gone. */
export type Departure = {
  readonly kinds: readonly Kind[];
  readonly names: readonly string[];
  /** The first release without them; before the oldest of the catalogue where that is too new. */
  readonly in: Exclude<KafkaRelease, '3.9'> | '0.11' | '3.0';
  /** The keys to set instead. */
  readonly now?: readonly string[];
  /** The first of them means the same. */
  readonly renamed?: true;
  readonly why: string;
  readonly source: string;
};

const zooKeeper = 'https://kafka.apache.org/40/getting-started/zk2kraft';
const kip = (number: number) => `KIP-${number}`;

const departures: readonly Departure[] = [
  {
    kinds: ['broker'],
    names: [
      ...['zookeeper.connect', 'zookeeper.connection.timeout.ms', 'zookeeper.session.timeout.ms'],
      ...['zookeeper.max.in.flight.requests', 'zookeeper.set.acl', 'zookeeper.clientCnxnSocket'],
      ...['zookeeper.ssl.client.enable', 'zookeeper.ssl.cipher.suites', 'zookeeper.ssl.crl.enable'],
      ...['zookeeper.ssl.enabled.protocols', 'zookeeper.ssl.endpoint.identification.algorithm'],
      ...['zookeeper.ssl.keystore.location', 'zookeeper.ssl.keystore.password'],
      ...['zookeeper.ssl.keystore.type', 'zookeeper.ssl.ocsp.enable', 'zookeeper.ssl.protocol'],
      ...['zookeeper.ssl.truststore.location', 'zookeeper.ssl.truststore.password'],
      ...['zookeeper.ssl.truststore.type', 'zookeeper.metadata.migration.enable'],
      'zookeeper.metadata.migration.min.batch.size',
    ],
    in: '4.0',
    now: ['process.roles', 'controller.quorum.bootstrap.servers'],
    why: 'Kafka keeps its metadata in KRaft; ZooKeeper is gone.',
    source: zooKeeper,
  },
  {
    kinds: ['broker'],
    names: ['broker.id.generation.enable', 'reserved.broker.max.id'],
    in: '4.0',
    now: ['node.id'],
    why: 'Only ZooKeeper could give a broker its number.',
    source: zooKeeper,
  },
  {
    kinds: ['broker'],
    names: ['control.plane.listener.name'],
    in: '4.0',
    now: ['controller.listener.names'],
    why: 'Controllers have listeners of their own.',
    source: zooKeeper,
  },
  {
    kinds: ['broker'],
    names: [
      ...['controlled.shutdown.max.retries', 'controlled.shutdown.retry.backoff.ms'],
      ...['leader.imbalance.per.broker.percentage'],
    ],
    in: '4.0',
    why: 'Only a controller with ZooKeeper read it.',
    source: zooKeeper,
  },
  {
    kinds: ['broker'],
    names: [
      ...['password.encoder.secret', 'password.encoder.old.secret', 'password.encoder.iterations'],
      ...['password.encoder.keyfactory.algorithm', 'password.encoder.cipher.algorithm'],
      'password.encoder.key.length',
    ],
    in: '4.0',
    why: 'It encrypted secrets in ZooKeeper; in KRaft they are records, and not encrypted.',
    source: zooKeeper,
  },
  {
    kinds: ['broker'],
    names: ['inter.broker.protocol.version'],
    in: '4.0',
    why: 'The feature metadata.version says it now: kafka-features.sh upgrade.',
    source: zooKeeper,
  },
  {
    kinds: ['broker'],
    names: ['eligible.leader.replicas.enable'],
    in: '4.0',
    why: 'It is a feature of the cluster now: kafka-features.sh, eligible.leader.replicas.version.',
    source: kip(966),
  },
  {
    kinds: ['broker'],
    names: ['log.message.format.version', 'log.message.downconversion.enable'],
    in: '4.0',
    why: 'There is one message format, and no conversion down from it.',
    source: kip(724),
  },
  {
    kinds: ['topic'],
    names: ['message.format.version', 'message.downconversion.enable'],
    in: '4.0',
    why: 'There is one message format, and no conversion down from it.',
    source: kip(724),
  },
  {
    kinds: ['broker'],
    names: ['log.message.timestamp.difference.max.ms'],
    in: '4.0',
    now: ['log.message.timestamp.before.max.ms', 'log.message.timestamp.after.max.ms'],
    why: 'The past and the future have a limit each.',
    source: kip(937),
  },
  {
    kinds: ['topic'],
    names: ['message.timestamp.difference.max.ms'],
    in: '4.0',
    now: ['message.timestamp.before.max.ms', 'message.timestamp.after.max.ms'],
    why: 'The past and the future have a limit each.',
    source: kip(937),
  },
  {
    kinds: ['broker'],
    names: ['delegation.token.master.key'],
    in: '4.0',
    now: ['delegation.token.secret.key'],
    renamed: true,
    why: 'It was renamed.',
    source: kip(681),
  },
  {
    kinds: ['broker'],
    names: ['offsets.commit.required.acks'],
    in: '4.0',
    why: 'A commit waits for all replicas in sync, always.',
    source: kip(1041),
  },
  {
    kinds: ['broker'],
    names: ['alter.config.policy.kraft.compatibility.enable'],
    in: '4.0',
    why: 'A policy is asked as KRaft does it, always.',
    source: 'KAFKA-19026',
  },
  {
    kinds: [
      ...(['broker', 'producer', 'consumer', 'admin', 'streams', 'connect-distributed'] as const),
      ...(['connect-standalone', 'mirror-source', 'mirror-checkpoint'] as const),
      'mirror-heartbeat',
    ],
    names: ['auto.include.jmx.reporter'],
    in: '4.0',
    now: ['metric.reporters'],
    why: 'The JmxReporter is in the default of metric.reporters.',
    source: kip(830),
  },
  {
    kinds: ['streams'],
    names: ['retries'],
    in: '4.0',
    now: ['task.timeout.ms'],
    why: 'Streams retries for a time, not a number of times.',
    source: kip(572),
  },
  {
    kinds: ['mirror-source'],
    names: ['topics.blacklist'],
    in: '4.0',
    now: ['topics.exclude'],
    renamed: true,
    why: 'It was renamed.',
    source: kip(629),
  },
  {
    kinds: ['mirror-source'],
    names: ['config.properties.blacklist'],
    in: '4.0',
    now: ['config.properties.exclude'],
    renamed: true,
    why: 'It was renamed.',
    source: kip(629),
  },
  {
    kinds: ['mirror-checkpoint'],
    names: ['groups.blacklist'],
    in: '4.0',
    now: ['groups.exclude'],
    renamed: true,
    why: 'It was renamed.',
    source: kip(629),
  },
  {
    kinds: ['mirror-source'],
    names: ['use.incremental.alter.configs'],
    in: '4.0',
    why: 'MirrorMaker alters configurations one by one, always.',
    source: kip(894),
  },
  {
    kinds: ['mirror-source'],
    names: ['add.source.alias.to.metrics'],
    in: '4.0',
    why: 'Metrics have the source as a tag, always.',
    source: kip(911),
  },
  {
    kinds: ['broker'],
    names: ['group.coordinator.new.enable'],
    in: '4.1',
    why: 'The new group coordinator is the only one.',
    source: kip(848),
  },
  {
    kinds: ['broker'],
    names: ['group.share.max.groups', 'share.fetch.max.fetch.records'],
    in: '4.1',
    why: 'It belonged to an early form of share groups.',
    source: kip(932),
  },
  {
    kinds: ['broker'],
    names: ['group.share.enable'],
    in: '4.3',
    why: 'Share groups are a feature of the cluster now: kafka-features.sh, share.version.',
    source: kip(932),
  },
  {
    kinds: ['broker'],
    names: ['port', 'host.name'],
    in: '3.0',
    now: ['listeners'],
    why: 'A broker has several listeners.',
    source: 'KAFKA-12945',
  },
  {
    kinds: ['broker'],
    names: ['advertised.port', 'advertised.host.name'],
    in: '3.0',
    now: ['advertised.listeners'],
    why: 'A broker has several listeners.',
    source: 'KAFKA-12945',
  },
  {
    kinds: ['broker'],
    names: ['quota.producer.default', 'quota.consumer.default'],
    in: '3.0',
    why: 'Quotas are dynamic: kafka-configs.sh --entity-type clients --entity-default.',
    source: 'KAFKA-12591',
  },
  {
    kinds: ['connect-distributed', 'connect-standalone'],
    names: ['rest.host.name', 'rest.port'],
    in: '3.0',
    now: ['listeners'],
    why: 'The REST interface has listeners as brokers have.',
    source: 'https://kafka.apache.org/30/getting-started/upgrade',
  },
  {
    kinds: ['connect-distributed', 'connect-standalone'],
    names: ['internal.key.converter', 'internal.value.converter'],
    in: '3.0',
    why: 'Connect keeps its own records as JSON without schemas, always.',
    source: kip(738),
  },
  {
    kinds: ['producer'],
    names: ['block.on.buffer.full', 'metadata.fetch.timeout.ms'],
    in: '0.11',
    now: ['max.block.ms'],
    why: 'One time limit is for both.',
    source: 'Notable changes in 0.11.0.0',
  },
];

/** Why a kind has not, or no longer, a key of this name. */
export const departureOf = (kind: Kind, name: string): Departure | undefined =>
  departures.find(({ kinds, names }) => kinds.includes(kind) && names.includes(name));

/** Departures as pairs of kind and name. */
export const departed = departures.flatMap((departure) =>
  departure.kinds.flatMap((kind) => departure.names.map((name) => ({ kind, name, departure }))),
);
