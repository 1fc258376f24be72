import {
  FetchIsolationLevels,
  ListOffsetTimestamps,
  listOffsetsV7,
  listOffsetsV8,
  listOffsetsV9,
  metadataV12,
} from '@platformatic/kafka';
import { errorName } from './error-codes.ts';
import type { Broker, LiveCluster } from './live.ts';
import { ClusterTrouble } from './trouble.ts';

/** Partitions by topic. */
export type TopicPartitions = ReadonlyMap<string, ReadonlySet<number>>;

export type Bounds = {
  readonly start: bigint;
  readonly end: bigint;
  /** Where a reader of committed records has to stop: before the first open transaction. */
  readonly stable: bigint;
};

export type PartitionBounds = {
  /** By topic, then partition; what is not there could not be asked. */
  readonly bounds: ReadonlyMap<string, ReadonlyMap<number, Bounds>>;
  readonly deleted: ReadonlySet<string>;
  /** Partitions of each topic, wanted or not. */
  readonly sizes: ReadonlyMap<string, number>;
  readonly unseen: readonly { readonly what: string; readonly why: string }[];
};

const listOffsets = [listOffsetsV9.api, listOffsetsV8.api, listOffsetsV7.api] as const;
const noTopic = 3;

/** Where partitions begin and end now, as their leaders say. */
export async function partitionBounds(
  cluster: LiveCluster,
  wanted: TopicPartitions,
): Promise<PartitionBounds> {
  if (wanted.size === 0)
    return { bounds: new Map(), deleted: new Set(), sizes: new Map(), unseen: [] };
  const { brokers, topics } = await cluster.ask(
    [metadataV12.api],
    [...wanted.keys()],
    false,
    false,
  );
  const deleted = new Set(
    topics.flatMap(({ name, errorCode }) => (errorCode === noTopic && name ? [name] : [])),
  );
  const byLeader = new Map<number, Map<string, number[]>>();
  let withoutLeader = 0;
  for (const { name, partitions } of topics)
    for (const { partitionIndex, leaderId } of partitions) {
      if (!name || !wanted.get(name)?.has(partitionIndex)) continue;
      if (leaderId < 0) {
        withoutLeader++;
        continue;
      }
      const topicsOfLeader = byLeader.get(leaderId) ?? new Map<string, number[]>();
      byLeader.set(leaderId, topicsOfLeader);
      topicsOfLeader.set(name, [...(topicsOfLeader.get(name) ?? []), partitionIndex]);
    }
  const bounds = new Map<string, Map<number, Bounds>>();
  const unseen = withoutLeader > 0 ? [{ what: partitionsIn(withoutLeader), why: 'no leader' }] : [];
  await Promise.all(
    [...byLeader].map(async ([leader, own]) => {
      const broker = brokers.find(({ nodeId }) => nodeId === leader);
      if (!broker) return;
      try {
        await boundsOf(cluster, broker, own, bounds);
      } catch (error) {
        if (!(error instanceof ClusterTrouble)) throw error;
        const number = [...own.values()].reduce((sum, { length }) => sum + length, 0);
        unseen.push({
          what: `${partitionsIn(number)} led by broker ${leader}`,
          why: error.trouble.why ?? error.trouble.what,
        });
      }
    }),
  );
  const sizes = new Map(topics.map(({ name, partitions }) => [name ?? '', partitions.length]));
  return { bounds, deleted, sizes, unseen };
}

const partitionsIn = (number: number): string =>
  `the ends of ${number} partition${number === 1 ? '' : 's'}`;

async function boundsOf(
  cluster: LiveCluster,
  broker: Broker,
  own: ReadonlyMap<string, readonly number[]>,
  bounds: Map<string, Map<number, Bounds>>,
): Promise<void> {
  const { READ_COMMITTED, READ_UNCOMMITTED } = FetchIsolationLevels;
  const at = (timestamp: bigint, isolation: number) =>
    cluster.askOf(
      broker,
      listOffsets,
      -1,
      isolation as 0 | 1,
      [...own].map(([name, partitions]) => ({
        name,
        partitions: partitions.map((partitionIndex) => ({
          partitionIndex,
          currentLeaderEpoch: -1,
          timestamp,
        })),
      })),
    );
  const [starts, stables, ends] = await Promise.all([
    at(ListOffsetTimestamps.EARLIEST, READ_UNCOMMITTED),
    // The ends last: what lies between is then never less than nothing.
    at(ListOffsetTimestamps.LATEST, READ_COMMITTED),
    at(ListOffsetTimestamps.LATEST, READ_UNCOMMITTED),
  ]);
  const offsetsIn = (answer: typeof starts) =>
    new Map(
      answer.topics.map(({ name, partitions }) => [
        name,
        new Map(
          partitions.flatMap(({ partitionIndex, errorCode, offset }) =>
            errorName(errorCode) ? [] : [[partitionIndex, offset] as const],
          ),
        ),
      ]),
    );
  const [start, stable, end] = [offsetsIn(starts), offsetsIn(stables), offsetsIn(ends)];
  for (const [topic, partitions] of end) {
    const ofTopic = bounds.get(topic) ?? new Map<number, Bounds>();
    bounds.set(topic, ofTopic);
    for (const [partition, offset] of partitions)
      ofTopic.set(partition, {
        start: start.get(topic)?.get(partition) ?? 0n,
        end: offset,
        stable: stable.get(topic)?.get(partition) ?? offset,
      });
  }
}
