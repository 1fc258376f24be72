import { metadataV12 } from '@platformatic/kafka';
import { type RegisteredBroker, registeredBrokers } from './brokers.ts';
import { whyUnseen } from './error-codes.ts';
import type { LiveCluster } from './live.ts';
import { type LogDir, logDirsOf } from './log-dirs.ts';
import { type PartitionHealth, partitionHealth, type TopicOfMetadata } from './partitions.ts';
import { type Quorum, quorumOf } from './quorum.ts';

export type BrokerHealth = {
  readonly id: number;
  /** Unknown of a broker that nobody has registered. */
  readonly address?: { readonly host: string; readonly port: number };
  readonly rack: string | null;
  /**
   * `fenced`: registered, but its heartbeats do not come. `silent`: the cluster counts on it, and
   * it does not answer here. `missing`: replicas are on it, and it is not registered.
   */
  readonly state: 'running' | 'fenced' | 'silent' | 'missing';
  readonly leaders: number;
  readonly replicas: number;
  readonly logDirs: readonly LogDir[];
};

/** What could not be seen, and why. */
type Unseen = { readonly what: string; readonly why: string };

export type HealthFacts = PartitionHealth & {
  readonly clusterId: string;
  /** Levels that hold in the cluster, and the highest that the broker knows. */
  readonly features: ReadonlyMap<string, number>;
  readonly supported: ReadonlyMap<string, number>;
  readonly brokers: readonly BrokerHealth[];
  readonly quorum?: Quorum;
  readonly unseen: readonly Unseen[];
};

export async function healthFacts(cluster: LiveCluster): Promise<HealthFacts> {
  const [{ features, supported }, described, metadata] = await Promise.all([
    cluster.greeting(),
    registeredBrokers(cluster),
    cluster.ask([metadataV12.api], null, false, false),
  ]);
  const members = membersOf(described.brokers, metadata.topics);
  // The quorum last on each connection: controllers that do not answer hold up what comes behind.
  const [brokers, quorum] = await Promise.all([
    Promise.all(members.map((member) => brokerHealth(cluster, member, metadata.topics))),
    quorumOf(cluster),
  ]);
  const partitions = await partitionHealth(cluster, metadata.topics, 'leader' in quorum);
  return {
    ...partitions,
    clusterId: described.clusterId,
    features,
    supported,
    brokers: brokers.map(({ broker }) => broker),
    ...('leader' in quorum ? { quorum } : {}),
    unseen: [
      ...('why' in quorum ? [{ what: 'controller quorum', why: quorum.why }] : []),
      ...unseenTopics(described.mayDescribe, partitions.withoutMinIsr),
      ...together(brokers.flatMap(({ unseen }) => unseen)),
    ],
  };
}

type Member = {
  readonly id: number;
  readonly address?: { readonly host: string; readonly port: number };
  readonly rack: string | null;
  readonly isFenced: boolean;
};

/** Who is registered, and who is only named as a replica. */
function membersOf(
  registered: readonly RegisteredBroker[],
  topics: readonly TopicOfMetadata[],
): Member[] {
  const members = new Map<number, Member>(
    registered.map(({ id, host, port, rack, isFenced }) => [
      id,
      { id, address: { host, port }, rack, isFenced },
    ]),
  );
  for (const { partitions } of topics)
    for (const { replicaNodes } of partitions)
      for (const id of replicaNodes)
        if (!members.has(id)) members.set(id, { id, rack: null, isFenced: false });
  return [...members.values()].sort((a, b) => a.id - b.id);
}

async function brokerHealth(
  cluster: LiveCluster,
  { id, address, rack, isFenced }: Member,
  topics: readonly TopicOfMetadata[],
): Promise<{ readonly broker: BrokerHealth; readonly unseen: readonly Unseen[] }> {
  const asked = address && !isFenced ? await logDirsOf(cluster, address) : [];
  const failed = 'why' in asked ? asked : undefined;
  let [leaders, replicas] = [0, 0];
  for (const { partitions } of topics)
    for (const { leaderId, replicaNodes } of partitions) {
      if (leaderId === id) leaders++;
      if (replicaNodes.includes(id)) replicas++;
    }
  const state = !address ? 'missing' : isFenced ? 'fenced' : failed?.silent ? 'silent' : 'running';
  return {
    broker: {
      id,
      ...(address ? { address } : {}),
      rack,
      state,
      leaders,
      replicas,
      logDirs: 'why' in asked ? [] : asked,
    },
    unseen: failed ? [{ what: `log directories of broker ${id}`, why: failed.why }] : [],
  };
}

function unseenTopics(mayDescribe: boolean, withoutMinIsr: ReadonlyMap<string, number>): Unseen[] {
  const [code] = withoutMinIsr.values();
  return [
    ...(mayDescribe
      ? []
      : [{ what: 'topics that this user may not describe', why: 'brokers do not tell of them' }]),
    ...(code === undefined
      ? []
      : [{ what: `min.insync.replicas of ${withoutMinIsr.size} topics`, why: whyUnseen(code) }]),
  ];
}

/** One line for all brokers that say the same. */
function together(unseen: readonly Unseen[]): Unseen[] {
  return [...Map.groupBy(unseen, ({ why }) => why)].map(([why, same]) => ({
    what: same.length === 1 && same[0] ? same[0].what : `log directories of ${same.length} brokers`,
    why,
  }));
}
