import type { KafkaRelease, Kind } from './kafka-keys/key.ts';

/** What an upgrade asks for beyond keys, of which kafka-keys/ knows: Kafka's own upgrade notes. */
type Since = {
  /** The first release without it; null for one before the catalogue's first. */
  readonly in: Exclude<KafkaRelease, '3.9'> | null;
  readonly now: string;
  readonly source: string;
};

const notes = (release: string) =>
  `https://kafka.apache.org/${release.replace('.', '')}/getting-started/upgrade`;
const of40 = notes('4.0');

/** Tools, and flags of tools; a flag without a tool is gone from all of them. */
export const removedCommands: readonly (Since & {
  readonly tool?: string;
  readonly flag?: string;
})[] = [
  ...['kafka-topics', 'kafka-console-consumer', 'kafka-consumer-groups', 'kafka-get-offsets']
    .concat([
      'kafka-reassign-partitions',
      'kafka-leader-election',
      'kafka-streams-application-reset',
    ])
    .map((tool) => ({
      ...{ tool, flag: '--zookeeper', in: null, now: '--bootstrap-server' },
      source: notes('3.0'),
    })),
  // It was left for what brokers need before they start with ZooKeeper.
  {
    ...{ tool: 'kafka-configs', flag: '--zookeeper', in: '4.0', now: '--bootstrap-server' },
    source: of40,
  },
  ...['kafka-console-producer', 'kafka-consumer-perf-test', 'kafka-get-offsets'].map((tool) => ({
    ...{ tool, flag: '--broker-list', in: '4.0' as const, now: '--bootstrap-server' },
    source: 'ConsoleProducer, ConsumerPerformance and GetOffsetShell of 4.0',
  })),
  ...['kafka-console-consumer', 'kafka-consumer-groups'].map((tool) => ({
    ...{ tool, flag: '--new-consumer', in: null, now: '--bootstrap-server alone' },
    source: notes('3.0'),
  })),
  {
    tool: 'kafka-console-consumer',
    flag: '--whitelist',
    in: '4.0',
    now: '--include',
    source: of40,
  },
  ...['--authorizer', '--authorizer-properties', '--zk-tls-config-file'].map((flag) => ({
    ...{ tool: 'kafka-acls', flag, in: '4.0' as const },
    now: '--bootstrap-server (or --bootstrap-controller)',
    source: of40,
  })),
  {
    ...{ tool: 'kafka-replica-verification', flag: '--topic-white-list', in: '4.0' },
    now: '--topics-include',
    source: of40,
  },
  {
    ...{ tool: 'kafka-verifiable-consumer', flag: '--broker-list', in: '4.0' },
    now: '--bootstrap-server',
    source: of40,
  },
  { tool: 'kafka-mirror-maker', in: '4.0', now: 'connect-mirror-maker (KIP-382)', source: of40 },
  {
    ...{ tool: 'kafka-preferred-replica-election', in: null },
    now: 'kafka-leader-election',
    source: notes('3.0'),
  },
  ...['zookeeper-server-start', 'zookeeper-server-stop', 'zookeeper-shell'].map((tool) => ({
    ...{ tool, in: '4.0' as const },
    now: 'KRaft: kafka-storage, kafka-metadata-shell',
    source: of40,
  })),
];

const kip1147 = { since: '4.2', source: 'KIP-1147' } as const;
const deprecated = (tool: string, names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([flag, now]) => ({ ...kip1147, tool, flag, now }));

/** Flags that have another name from a release on, and go with the next major one. */
export const deprecatedFlags: readonly {
  readonly tool: string;
  readonly flag: string;
  readonly now: string;
  readonly since: KafkaRelease;
  readonly source: string;
}[] = [
  ...deprecated('kafka-console-producer', {
    '--property': '--reader-property',
    '--producer-property': '--command-property',
    '--producer.config': '--command-config',
    '--max-partition-memory-bytes': '--batch-size',
  }),
  ...deprecated('kafka-console-consumer', {
    '--property': '--formatter-property',
    '--consumer-property': '--command-property',
    '--consumer.config': '--command-config',
  }),
  ...deprecated('kafka-console-share-consumer', {
    '--property': '--formatter-property',
    '--consumer-property': '--command-property',
    '--consumer-config': '--command-config',
  }),
  ...deprecated('kafka-producer-perf-test', {
    '--producer-props': '--command-property',
    '--producer.config': '--command-config',
  }),
  ...deprecated('kafka-consumer-perf-test', {
    '--messages': '--num-records',
    '--consumer.config': '--command-config',
  }),
];

const unsecured = 'org.apache.kafka.common.security.oauthbearer';
const partitioner = 'org.apache.kafka.clients.producer';

/** Classes that code imports or a value names. */
export const removedClasses: readonly (Since & { readonly name: string })[] = [
  {
    name: 'kafka.security.authorizer.AclAuthorizer',
    in: '4.0',
    now: 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    source: 'https://kafka.apache.org/40/getting-started/zk2kraft',
  },
  ...[`${partitioner}.internals.DefaultPartitioner`, `${partitioner}.UniformStickyPartitioner`].map(
    (name) => ({
      ...{ name, in: '4.0' as const },
      now: 'no partitioner.class at all: the built-in one (KIP-794)',
      source: of40,
    }),
  ),
  ...['OAuthBearerLoginCallbackHandler', 'OAuthBearerValidatorCallbackHandler'].map((name) => ({
    ...{ name: `${unsecured}.secured.${name}`, in: '4.0' as const },
    now: `${unsecured}.${name}`,
    source: of40,
  })),
  ...['DefaultMessageFormatter', 'LoggingMessageFormatter', 'NoOpMessageFormatter'].map((name) => ({
    ...{ name: `kafka.tools.${name}`, in: '4.0' as const },
    now: `org.apache.kafka.tools.consumer.${name}`,
    source: of40,
  })),
  ...['OffsetsMessageFormatter', 'GroupMetadataMessageFormatter'].map((name) => ({
    ...{ name: `kafka.coordinator.group.${name}`, in: '4.0' as const },
    now: `org.apache.kafka.tools.consumer.${name}`,
    source: of40,
  })),
  {
    name: 'kafka.coordinator.transaction.TransactionLogMessageFormatter',
    in: '4.0',
    now: 'org.apache.kafka.tools.consumer.TransactionLogMessageFormatter',
    source: of40,
  },
  {
    name: 'org.apache.kafka.log4jappender.KafkaLog4jAppender',
    in: '4.0',
    now: "Log4j 2's own Kafka appender",
    source: of40,
  },
];

/** KIP-896: brokers of 4.0 and later don't speak to clients before these. */
export const clientFloor = {
  in: '4.0',
  source: 'KIP-896',
} as const;

/** Defaults that changed, and that somebody may notice. */
export const noticedDefaults: readonly {
  readonly kinds: readonly Kind[];
  readonly key: string;
  readonly why: string;
  readonly source: string;
}[] = [
  {
    kinds: ['producer'],
    key: 'linger.ms',
    why: 'A record waits up to 5 ms for others; who sends one after the other sees each later.',
    source: 'KIP-1030',
  },
  {
    kinds: ['broker'],
    key: 'log.message.timestamp.after.max.ms',
    why: 'Records more than an hour ahead of the broker are refused.',
    source: 'KIP-1030',
  },
  {
    kinds: ['topic'],
    key: 'message.timestamp.after.max.ms',
    why: 'Records more than an hour ahead of the broker are refused.',
    source: 'KIP-1030',
  },
  {
    kinds: ['producer', 'consumer', 'admin', 'connect-distributed'],
    key: 'metadata.recovery.strategy',
    why: 'A client that knows no broker any more asks its bootstrap servers again.',
    source: 'KIP-1102',
  },
  {
    kinds: ['mirror-source'],
    key: 'topics.exclude',
    why: 'Topics that end in "internal" are mirrored too.',
    source: 'KIP-1074',
  },
  {
    kinds: ['broker'],
    key: 'group.coordinator.rebalance.protocols',
    why: 'Groups may use the new protocol as soon as a client asks for it.',
    source: 'KIP-848',
  },
];

/** How a cluster says that it will not go back; after every broker runs the new release. */
export const finalizing = (to: KafkaRelease) => ({
  command: `kafka-features.sh upgrade ${to === '4.0' ? '--metadata' : '--release-version'} ${to}`,
  source: notes(to),
});

export const zooKeeperGone = {
  in: '4.0',
  source: 'https://kafka.apache.org/40/getting-started/zk2kraft',
} as const;
