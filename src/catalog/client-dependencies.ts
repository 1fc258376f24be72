/** What is known about clients by the names of their packages; seen 2026-11-29. */

type Package = { readonly from: 'maven' | 'npm' | 'pypi' | 'go'; readonly name: string };

/** Archived, or moved; a client that merely has few releases is not among them. */
export const abandonedClients: readonly (Package & {
  readonly why: string;
  readonly now: string;
})[] = [
  {
    from: 'npm',
    name: 'kafka-node',
    why: 'has had no release for years',
    now: '@platformatic/kafka',
  },
  {
    from: 'npm',
    name: 'no-kafka',
    why: 'has had no release for years',
    now: '@platformatic/kafka',
  },
  { from: 'pypi', name: 'pykafka', why: 'has had no release for years', now: 'confluent-kafka' },
  {
    from: 'go',
    name: 'github.com/Shopify/sarama',
    why: 'is where Sarama was until 2023',
    now: 'github.com/IBM/sarama',
  },
];

/** The oldest that brokers of Kafka 4 answer: KIP-896 keeps what Kafka 2.1 spoke. */
export const oldestClients: readonly (Package & { readonly version: string })[] = [
  { from: 'maven', name: 'org.apache.kafka:kafka-clients', version: '2.1.0' },
  { from: 'maven', name: 'org.apache.kafka:kafka-streams', version: '2.1.0' },
];

/** Those that hold for any use of the package, each read where it was published. */
export const advisories: readonly {
  readonly id: string;
  readonly name: string;
  /** Versions from one on, and before another. */
  readonly affected: readonly { readonly from: string; readonly before: string }[];
  readonly fixed: readonly string[];
  readonly what: string;
  readonly source: string;
}[] = [
  {
    id: 'CVE-2026-35554',
    name: 'org.apache.kafka:kafka-clients',
    affected: [
      { from: '2.8.0', before: '3.9.2' },
      { from: '4.0.0', before: '4.0.2' },
      { from: '4.1.0', before: '4.1.2' },
    ],
    fixed: ['3.9.2', '4.0.2', '4.1.2', '4.2.0'],
    what: 'a buffer that is used again too early can put records into the wrong topic',
    source: 'https://kafka.apache.org/community/cve-list/',
  },
  {
    id: 'CVE-2026-59317',
    name: 'org.springframework.kafka:spring-kafka',
    affected: [
      // The class is there since retry topics are, 2.7.
      { from: '2.7.0', before: '2.9.15' },
      { from: '3.0.0', before: '3.3.17' },
      { from: '4.0.0', before: '4.0.7' },
      { from: '4.1.0', before: '4.1.1' },
    ],
    fixed: ['4.0.7', '4.1.1'],
    what: 'a record with a malformed header stops a retried partition for good',
    source: 'https://spring.io/security/cve-2026-59317',
  },
];
