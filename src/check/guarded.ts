/** What every Kafka project must follow and avoid; docs/rules maps each line to its rules. */
export const guarded = {
  'kraft-only': 'KRaft only, no ZooKeeper',
  'acks-all': 'acks=all with idempotence for production producers, never 0 or 1',
  replication: 'replication 3 with min.insync.replicas 2 (in general, replication - 1)',
  cooperative: 'cooperative rebalancing',
  compatibility: 'schema compatibility is set, and never NONE in production',
  'dead-letters': 'dead letter queues',
  'idempotent-consumers': 'consumers take the same record twice without harm',
  'keyed-order': 'key-based partitioning where order matters',
  'structured-logs': 'structured logs with correlation ids',
  'health-checks': 'health checks on brokers and consumer groups',
  'auto-commit': 'no auto-commit where records must be handled exactly once',
  'back-pressure': 'no unbounded poll loops without back-pressure',
  'structured-data': 'no string serialization of structured data',
  'single-partition': 'no single-partition topics for high throughput',
  bootstrap: 'no hard-coded bootstrap servers',
  'group-names': 'consumer group ids follow a convention',
  'lag-watched': 'consumer lag is watched',
  'sends-awaited': 'no fire-and-forget sends',
  security: 'security configured as the tier asks',
  monitoring: 'monitoring configured as the tier asks',
  'topics-documented': 'topic naming and partition strategy documented',
  'all-there': 'manifests and client examples present',
} as const;

export type Guarded = keyof typeof guarded;
