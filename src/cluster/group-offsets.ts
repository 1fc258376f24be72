import { offsetFetchV8, offsetFetchV9 } from '@platformatic/kafka';
import { errorName } from './error-codes.ts';
import { type ListedGroup, refused } from './group-list.ts';
import { type Broker, type LiveCluster, nameOf, type Request } from './live.ts';
import {
  describeShareGroupOffsetsV0,
  describeShareGroupOffsetsV1,
} from './messages/describe-groups.ts';
import { ClusterTrouble } from './trouble.ts';

/** Committed offsets by topic and partition; of a share group, where it begins. */
export type Positions = ReadonlyMap<string, ReadonlyMap<number, Position>>;

type Position = {
  readonly offset: bigint;
  /** As the broker counts it, for share groups: records in flight and done are known to it only. */
  readonly lag?: bigint;
};

type FetchArguments = [
  groups: { groupId: string; memberId: null; memberEpoch: number; topics: null }[],
  requireStable: boolean,
];
type FetchAnswer = {
  readonly groups: readonly {
    readonly groupId: string;
    readonly errorCode: number;
    readonly topics: readonly {
      readonly name: string;
      readonly partitions: readonly {
        readonly partitionIndex: number;
        readonly committedOffset: bigint;
      }[];
    }[];
  }[];
};

/** No topics: all that the group has committed. */
const offsetFetch = [offsetFetchV9.api, offsetFetchV8.api] as unknown as Request<
  FetchArguments,
  FetchAnswer
>;

const groupsInOneRequest = 200;

export type GroupPositions = {
  readonly positions: ReadonlyMap<string, Positions>;
  /** Groups of which a coordinator did not tell, with its reason. */
  readonly failed: ReadonlyMap<string, string>;
};

/** Of many groups, a request for each coordinator; what one does not tell hides no others. */
export async function groupPositions(
  cluster: LiveCluster,
  groups: readonly ListedGroup[],
): Promise<GroupPositions> {
  const positions = new Map<string, Positions>();
  const failed = new Map<string, string>();
  const batches = [
    ...Map.groupBy(
      groups,
      ({ type, coordinator }) => `${nameOf(coordinator)} ${type === 'share'}`,
    ).values(),
  ].flatMap(inBatches);
  await Promise.all(
    batches.map(async (batch) => {
      const [first] = batch;
      if (!first) return;
      const ids = batch.map(({ id }) => id);
      const read = first.type === 'share' ? sharePositions : committedOffsets;
      try {
        for (const [id, found] of await read(cluster, first.coordinator, ids)) {
          if (typeof found === 'number') failed.set(id, errorName(found) ?? '');
          else positions.set(id, found);
        }
      } catch (error) {
        if (!(error instanceof ClusterTrouble)) throw error;
        for (const id of ids) failed.set(id, error.trouble.why ?? error.trouble.what);
      }
    }),
  );
  return { positions, failed };
}

export async function positionsOf(cluster: LiveCluster, group: ListedGroup): Promise<Positions> {
  const read = group.type === 'share' ? sharePositions : committedOffsets;
  const found = (await read(cluster, group.coordinator, [group.id])).get(group.id);
  if (found === undefined || typeof found === 'number') throw refused(found ?? 0);
  return found;
}

function inBatches<T>(all: readonly T[]): T[][] {
  const batches: T[][] = [];
  for (let from = 0; from < all.length; from += groupsInOneRequest)
    batches.push(all.slice(from, from + groupsInOneRequest));
  return batches;
}

/** Positions, or the error code of the group. */
type Read = (
  cluster: LiveCluster,
  coordinator: Broker,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, Positions | number>>;

const committedOffsets: Read = async (cluster, coordinator, ids) => {
  const { groups } = await cluster.askOf(
    coordinator,
    offsetFetch,
    ids.map((groupId) => ({ groupId, memberId: null, memberEpoch: -1, topics: null })),
    // As Kafka's own tools: the last commit that holds, whatever a transaction has in hand.
    false,
  );
  return new Map(
    groups.map(({ groupId, errorCode, topics }) => [
      groupId,
      errorCode ||
        new Map(
          topics.map(({ name, partitions }) => [
            name,
            new Map(
              partitions
                .filter(({ committedOffset }) => committedOffset >= 0n)
                .map(({ partitionIndex, committedOffset }) => [
                  partitionIndex,
                  { offset: committedOffset },
                ]),
            ),
          ]),
        ),
    ]),
  );
};

const sharePositions: Read = async (cluster, coordinator, ids) => {
  const { groups } = await cluster.askOf(
    coordinator,
    [describeShareGroupOffsetsV1, describeShareGroupOffsetsV0],
    ids,
  );
  return new Map(
    groups.map(({ groupId, errorCode, topics }) => [
      groupId,
      errorCode ||
        new Map(
          topics.map(({ topicName, partitions }) => [
            topicName,
            new Map(
              partitions
                .filter(({ errorCode, startOffset }) => errorCode === 0 && startOffset >= 0n)
                .map(({ partitionIndex, startOffset, lag }) => [
                  partitionIndex,
                  { offset: startOffset, ...(lag >= 0n ? { lag } : {}) },
                ]),
            ),
          ]),
        ),
    ]),
  );
};
