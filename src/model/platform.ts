import type {
  ClientId,
  Deployment,
  Language,
  Monitoring,
  Security,
  Tier,
} from '../catalog/choices.ts';
import { replaySuffix } from '../catalog/own-parts.ts';
import type { UseCase } from '../catalog/use-cases/index.ts';
import type { Load } from '../planner/capacity.ts';

/**
 * A platform with every decision made. Whatever is written, started, checked or
 * documented is a projection of this, so that two of them can't disagree.
 */
export type Platform = {
  readonly name: string;
  readonly tier: Tier;
  readonly useCase: UseCase;
  readonly deployment: Deployment;
  readonly security: Security;
  readonly clusters: readonly [Cluster, ...Cluster[]];
  readonly application: Application;
  readonly monitoring: Monitoring;
  /** Where the project is explained, relative to its folder. */
  readonly readme: string;
};

export type Cluster = {
  readonly name: string;
  readonly id: string;
  readonly nodes: readonly [Node, ...Node[]];
  readonly listeners: readonly Listener[];
  /** Compose publishes the outside listener of the first node here, of the second on the next port, … */
  readonly outsidePort: number;
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
  readonly defaultPartitions: number;
  readonly topics: readonly Topic[];
  readonly principals: readonly Principal[];
  readonly acls: readonly Acl[];
};

type Role = 'broker' | 'controller';

export type Node = {
  readonly id: number;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Where it is deployed; under Compose the service's name. */
  readonly host: string;
  /** Of its only log directory, fixed beforehand so that a dynamic quorum can be formed (KIP-853). */
  readonly directoryId: string;
  readonly heapMegabytes: number;
  /** What alerts hold its data against: Kafka itself publishes no size of its disk. */
  readonly diskGigabytes: number;
};

export type ListenerSecurity =
  | { readonly kind: 'plaintext' }
  | { readonly kind: 'mtls' }
  | { readonly kind: 'sasl-ssl'; readonly mechanism: 'SCRAM-SHA-512' };

export type ListenerPurpose = 'controllers' | 'brokers' | 'clients' | 'outside';

export type Listener = {
  readonly name: 'CONTROLLER' | 'BROKER' | 'CLIENT' | 'EXTERNAL';
  readonly purpose: ListenerPurpose;
  /** On the node itself; `outside` is published on a port of its own per node. */
  readonly port: number;
  readonly security: ListenerSecurity;
};

export type Topic = {
  readonly name: string;
  readonly partitions: number;
  readonly partitionReason: string;
  readonly replicationFactor: number;
  readonly config: Readonly<Record<string, string>>;
  readonly key: string;
  readonly keyReason: string;
  readonly contents: string;
  readonly deadLettersOf?: string;
  /** What it has to carry, where krafter.yaml says so. */
  readonly load?: Load;
};

export type Principal =
  | {
      readonly kind: 'super';
      readonly name: string;
      readonly authentication: 'scram' | 'certificate';
    }
  | {
      readonly kind: 'application';
      readonly name: string;
      readonly authentication: 'scram';
      readonly produce: readonly string[];
      readonly consume: readonly string[];
      readonly groups: readonly string[];
    };

export type Acl = {
  readonly principal: string;
  readonly operation: 'Read' | 'Write';
  readonly resource: { readonly type: 'topic' | 'group'; readonly name: string };
};

export type Application = {
  readonly language: Language;
  readonly client: ClientId;
  readonly services: readonly [ProducerService, ConsumerService];
};

type ServiceBase = { readonly name: string; readonly port: number; readonly topic: string };
export type ProducerService = ServiceBase & { readonly role: 'producer' };
export type ConsumerService = ServiceBase & {
  readonly role: 'consumer';
  readonly group: string;
  readonly deadLetterTopic: string;
};
export type Service = ProducerService | ConsumerService;

/** The user of whoever sends dead letters to their topic again, and its group; no service is it. */
export const replayUser = (consumer: Pick<ConsumerService, 'name'>): string =>
  `${consumer.name}${replaySuffix}`;
export const replayGroup = ({ group }: Pick<ConsumerService, 'group'>): string => `${group}.replay`;

export const isSecured = (platform: Platform): boolean => platform.security !== 'none';

export const brokersOf = (cluster: Cluster): readonly Node[] =>
  cluster.nodes.filter((node) => node.roles.includes('broker'));

export const controllersOf = (cluster: Cluster): readonly Node[] =>
  cluster.nodes.filter((node) => node.roles.includes('controller'));

/** Users that log in with a password: the names and where their passwords are kept. */
export const scramUsers = (
  cluster: Cluster,
): readonly { readonly name: string; readonly variable: string }[] =>
  cluster.principals
    .filter((principal) => principal.authentication === 'scram')
    .map(({ name }) => ({ name, variable: passwordVariable(name) }));

/** The variable of `.env` that holds a principal's password. */
export const passwordVariable = (principal: string): string =>
  `${principal.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_PASSWORD`;
