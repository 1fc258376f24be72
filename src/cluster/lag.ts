import { topicSettings } from './configs.ts';
import type { Positions } from './group-offsets.ts';
import type { LiveCluster } from './live.ts';
import { type Bounds, type PartitionBounds, partitionBounds } from './offsets.ts';

type PartitionLag = {
  readonly partition: number;
  readonly end: number;
  /** Not there where the group has no offset yet. */
  readonly committed?: number;
  /** From the committed offset to the end: records in open transactions and gaps are in it. */
  readonly lag?: number;
  /** Behind the first open transaction: nobody who reads committed records gets them yet. */
  readonly undecided: number;
  /** Deleted by retention before the group read them. */
  readonly lost: number;
  /** Committed beyond the end: the topic was made anew, or its end was lost. */
  readonly isBeyondEnd: boolean;
};

export type TopicLag = {
  readonly topic: string;
  readonly lag: number;
  /** The largest lag first. */
  readonly partitions: readonly PartitionLag[];
  /** Partitions of it in which the group has no part: what is in them is in no lag. */
  readonly others: number;
  /** Offsets of it are more than its records: compaction removes some. */
  readonly isCompacted: boolean;
};

export type GroupLagFacts = {
  /** The largest lag first. */
  readonly topics: readonly TopicLag[];
  readonly deleted: readonly string[];
  readonly unseen: readonly { readonly what: string; readonly why: string }[];
};

/** Of a group: what it committed, and what is assigned to it without a commit. */
export async function groupLagFacts(
  cluster: LiveCluster,
  positions: Positions,
  assigned: readonly ReadonlyMap<string, readonly number[]>[],
): Promise<GroupLagFacts> {
  const wanted = new Map<string, Set<number>>();
  const want = (topic: string, partition: number) =>
    wanted.set(topic, (wanted.get(topic) ?? new Set()).add(partition));
  for (const [topic, partitions] of positions)
    for (const partition of partitions.keys()) want(topic, partition);
  for (const topics of assigned)
    for (const [topic, partitions] of topics)
      for (const partition of partitions) want(topic, partition);
  const [found, { values }] = await Promise.all([
    partitionBounds(cluster, wanted),
    topicSettings(cluster, [...wanted.keys()], ['cleanup.policy']),
  ]);
  return {
    topics: [...wanted]
      .flatMap(([topic, partitions]) => topicLag(topic, partitions, positions, found) ?? [])
      .map((topic) => ({
        ...topic,
        isCompacted: values.get(topic.topic)?.get('cleanup.policy')?.includes('compact') ?? false,
      }))
      .toSorted((a, b) => b.lag - a.lag || a.topic.localeCompare(b.topic, 'en')),
    deleted: [...found.deleted],
    unseen: found.unseen,
  };
}

function topicLag(
  topic: string,
  partitions: ReadonlySet<number>,
  positions: Positions,
  { bounds, sizes }: PartitionBounds,
): Omit<TopicLag, 'isCompacted'> | undefined {
  const ofTopic = bounds.get(topic);
  if (!ofTopic) return undefined;
  const rows = [...partitions].flatMap((partition) => {
    const at = ofTopic.get(partition);
    return at ? [partitionLag(partition, at, positions.get(topic)?.get(partition))] : [];
  });
  return {
    topic,
    lag: rows.reduce((sum, { lag = 0 }) => sum + lag, 0),
    others: Math.max(0, (sizes.get(topic) ?? 0) - partitions.size),
    partitions: rows.toSorted((a, b) => (b.lag ?? -1) - (a.lag ?? -1) || a.partition - b.partition),
  };
}

function partitionLag(
  partition: number,
  { start, end, stable }: Bounds,
  position: { readonly offset: bigint; readonly lag?: bigint } | undefined,
): PartitionLag {
  const row = { partition, end: Number(end), undecided: Number(end - stable) };
  if (!position) return { ...row, lost: 0, isBeyondEnd: false };
  const { offset, lag } = position;
  const behind = lag ?? end - offset;
  return {
    ...row,
    committed: Number(offset),
    lag: Number(behind > 0n ? behind : 0n),
    lost: offset < start ? Number(start - offset) : 0,
    isBeyondEnd: offset > end,
  };
}

/** The sum over all partitions of each group that has committed there. */
export async function lagOfGroups(
  cluster: LiveCluster,
  groups: ReadonlyMap<string, Positions>,
): Promise<{
  readonly lags: ReadonlyMap<string, number>;
  readonly unseen: GroupLagFacts['unseen'];
}> {
  const wanted = new Map<string, Set<number>>();
  for (const positions of groups.values())
    for (const [topic, partitions] of positions) {
      const ofTopic = wanted.get(topic) ?? new Set<number>();
      wanted.set(topic, ofTopic);
      for (const [partition, { lag }] of partitions) if (lag === undefined) ofTopic.add(partition);
    }
  const { bounds, unseen } = await partitionBounds(cluster, wanted);
  const lags = new Map<string, number>();
  for (const [group, positions] of groups) {
    let sum = 0n;
    for (const [topic, partitions] of positions)
      for (const [partition, { offset, lag }] of partitions) {
        const end = bounds.get(topic)?.get(partition)?.end;
        const behind = lag ?? (end === undefined ? 0n : end - offset);
        if (behind > 0n) sum += behind;
      }
    lags.set(group, Number(sum));
  }
  return { lags, unseen };
}
