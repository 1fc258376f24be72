import { conforms } from './conformance.ts';

/** The answers a person can give, as spec'd; what is not available yet is known by name. */
export const useCaseIds = ['streaming', 'microservices', 'cdc', 'logs', 'agents'] as const;
export type UseCaseId = (typeof useCaseIds)[number];

export const tiers = [1, 2, 3, 4] as const;
export type Tier = (typeof tiers)[number];

export const languages = ['python', 'java', 'node', 'go'] as const;
export type Language = (typeof languages)[number];

/** As people write them. */
export const languageTitles: Readonly<Record<Language, string>> = {
  python: 'Python',
  java: 'Java',
  node: 'Node.js',
  go: 'Go',
};

export const deployments = ['compose', 'kubernetes', 'bare-metal', 'cloud'] as const;
export type Deployment = (typeof deployments)[number];

export const securities = ['none', 'scram', 'mtls'] as const;
export type Security = (typeof securities)[number];

export const monitorings = ['none', 'prometheus', 'grafana'] as const;
export type Monitoring = (typeof monitorings)[number];

export const registries = ['none', 'avro', 'protobuf', 'json'] as const;
export type Registry = (typeof registries)[number];

export type Client = {
  readonly id: string;
  readonly language: Language;
  /** As people call it. */
  readonly title: string;
  /** The default client of its language. */
  readonly preferred: boolean;
  /** What whoever chooses it has to do without, and the neighbour that has it; a sentence. */
  readonly lacks?: string;
};

export const clients = [
  { id: 'confluent-kafka', language: 'python', title: 'confluent-kafka', preferred: true },
  {
    id: 'aiokafka',
    language: 'python',
    title: 'aiokafka',
    preferred: false,
    lacks:
      'aiokafka has no cooperative rebalancing and no KIP-848: each rebalance stops all consumers of a group for a moment. confluent-kafka has both.',
  },
  { id: 'spring-kafka', language: 'java', title: 'Spring Kafka', preferred: true },
  { id: 'kafka-clients', language: 'java', title: 'the official client', preferred: false },
  { id: 'platformatic-kafka', language: 'node', title: '@platformatic/kafka', preferred: true },
  {
    id: 'confluent-kafka-javascript',
    language: 'node',
    title: '@confluentinc/kafka-javascript',
    preferred: false,
    lacks:
      '@confluentinc/kafka-javascript is native code: npm downloads a binding from GitHub, or builds it with a C++ compiler. @platformatic/kafka needs neither.',
  },
  {
    id: 'kafkajs',
    language: 'node',
    title: 'kafkajs (abandoned)',
    preferred: false,
    lacks:
      'kafkajs has had no release since February 2023, has no cooperative rebalancing and no KIP-848. @platformatic/kafka has both, and is maintained.',
  },
  { id: 'franz-go', language: 'go', title: 'franz-go', preferred: true },
  { id: 'confluent-kafka-go', language: 'go', title: 'confluent-kafka-go', preferred: false },
  {
    id: 'kafka-go',
    language: 'go',
    title: 'segmentio kafka-go',
    preferred: false,
    lacks:
      'kafka-go has no idempotent producer, no transactions and no cooperative rebalancing: an event may stand in its topic twice, and there is no transformer for exactly-once processing. franz-go has all of them.',
  },
] as const satisfies readonly Client[];

export type ClientId = (typeof clients)[number]['id'];
export const clientIds = clients.map((client) => client.id) as [ClientId, ...ClientId[]];

/** What a client can't do that its neighbour can. */
export const lackOf = (client: ClientId): string | undefined =>
  (clients as readonly Client[]).find(({ id }) => id === client)?.lacks;

/** A client is offered from the day on which its kit has kept the contract (docs/clients.md). */
export function isAvailable(client: ClientId): boolean {
  return conforms(client);
}

/** What this release generates; every other choice is refused by one sentence that says so. */
export const available = {
  tier: [1, 2],
  deploy: ['compose', 'bare-metal'],
  security: ['none', 'scram'],
  monitoring: ['none', 'prometheus', 'grafana'],
  registry: ['none'],
  lang: languages.filter((language) =>
    clients.some(
      (client) => client.language === language && client.preferred && isAvailable(client.id),
    ),
  ),
  client: clientIds.filter(isAvailable),
} as const;

/** What an answer is where no flag, file or person gives it. */
export const defaults = {
  tier: 1,
  useCase: 'streaming',
  language: 'python',
  deploy: 'compose',
  registry: 'none',
  development: { security: 'none', monitoring: 'none' },
  production: { security: 'scram', monitoring: 'grafana' },
} as const satisfies {
  readonly tier: Tier;
  readonly useCase: UseCaseId;
  readonly language: Language;
  readonly deploy: Deployment;
  readonly registry: Registry;
  readonly [kind: string]: unknown;
};
