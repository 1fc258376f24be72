import { listPartitionReassignmentsV0 } from '@platformatic/kafka';
import { topicSettings } from './configs.ts';
import { errorName } from './error-codes.ts';
import type { LiveCluster } from './live.ts';

/** The worst first; a partition has the first that is true of it. */
const partitionProblems = ['offline', 'under-min-isr', 'at-min-isr', 'under-replicated'] as const;
type PartitionProblem = (typeof partitionProblems)[number];

type Partition = {
  readonly topic: string;
  readonly partition: number;
  readonly leader: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
};

type TroubledPartition = Partition & {
  readonly problem: PartitionProblem;
  readonly minIsr?: number;
};

export type PartitionHealth = {
  readonly topics: number;
  readonly partitions: number;
  /** As `kafka-topics.sh --describe` counts with its options of these names. */
  readonly counts: {
    readonly offline: number;
    readonly underMinIsr: number;
    readonly atMinIsr: number;
    readonly underReplicated: number;
    /** Led by another than the first of their replicas. */
    readonly notPreferred: number;
  };
  readonly troubled: readonly TroubledPartition[];
  /** Topics whose min.insync.replicas this user may not read, by the reason. */
  readonly withoutMinIsr: ReadonlyMap<string, number>;
};

/** Of Metadata's answer. */
export type TopicOfMetadata = {
  readonly name?: string | null | undefined;
  readonly partitions: readonly {
    readonly partitionIndex: number;
    readonly leaderId: number;
    readonly replicaNodes: readonly number[];
    readonly isrNodes: readonly number[];
  }[];
};

const partitionsOf = (topics: readonly TopicOfMetadata[]): Partition[] =>
  topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, leaderId, replicaNodes, isrNodes }) => ({
      topic: name ?? '',
      partition: partitionIndex,
      leader: leaderId,
      replicas: replicaNodes,
      isr: isrNodes,
    })),
  );

export async function partitionHealth(
  cluster: LiveCluster,
  topics: readonly TopicOfMetadata[],
  askControllers: boolean,
): Promise<PartitionHealth> {
  const partitions = partitionsOf(topics);
  const names = topics.flatMap(({ name }) => name ?? []);
  const { values, refused } = await topicSettings(cluster, names, ['min.insync.replicas']);
  const isBehind = partitions.some(({ isr, replicas }) => isr.length < replicas.length);
  const adding = isBehind && askControllers ? await replicasBeingAdded(cluster) : new Map();
  const counts = { offline: 0, underMinIsr: 0, atMinIsr: 0, underReplicated: 0, notPreferred: 0 };
  const troubled: TroubledPartition[] = [];
  for (const partition of partitions) {
    const { topic, leader, replicas, isr } = partition;
    const told = values.get(topic)?.get('min.insync.replicas');
    const minIsr = told === undefined ? undefined : Number(told);
    const offline = leader < 0;
    const underMinIsr = minIsr !== undefined && (offline || isr.length < minIsr);
    const atMinIsr = isr.length === minIsr;
    // What is still being copied to a new place is not behind.
    const wanted = replicas.length - (adding.get(`${topic}-${partition.partition}`) ?? 0);
    const underReplicated = isr.length < wanted;
    if (offline) counts.offline++;
    if (underMinIsr) counts.underMinIsr++;
    if (atMinIsr) counts.atMinIsr++;
    if (underReplicated) counts.underReplicated++;
    if (leader !== replicas[0]) counts.notPreferred++;
    const problem = offline
      ? 'offline'
      : underMinIsr
        ? 'under-min-isr'
        : !underReplicated
          ? undefined
          : atMinIsr
            ? 'at-min-isr'
            : 'under-replicated';
    if (problem)
      troubled.push({ ...partition, problem, ...(minIsr === undefined ? {} : { minIsr }) });
  }
  return {
    topics: topics.length,
    partitions: partitions.length,
    counts,
    troubled: worstFirst(troubled),
    withoutMinIsr: refused,
  };
}

const worstFirst = (troubled: readonly TroubledPartition[]): TroubledPartition[] =>
  troubled.toSorted(
    (a, b) =>
      partitionProblems.indexOf(a.problem) - partitionProblems.indexOf(b.problem) ||
      a.topic.localeCompare(b.topic, 'en') ||
      a.partition - b.partition,
  );

/** How many replicas running reassignments add, by `topic-partition`. Without the right to see it: none. */
async function replicasBeingAdded(cluster: LiveCluster): Promise<Map<string, number>> {
  const { errorCode, topics } = await cluster.ask(
    [listPartitionReassignmentsV0.api],
    3000,
    // Null, which its type does not know, is all of them.
    null as unknown as [],
  );
  if (errorName(errorCode)) return new Map();
  return new Map(
    topics.flatMap(({ name, partitions }) =>
      partitions.map(
        ({ partitionIndex, addingReplicas }) =>
          [`${name}-${partitionIndex}`, addingReplicas.length] as const,
      ),
    ),
  );
}
