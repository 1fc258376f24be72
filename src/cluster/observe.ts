import {
  type Admin,
  type Connection,
  describeQuorumV2,
  ListOffsetTimestamps,
  metadataV12,
} from '@platformatic/kafka';
import { type ClusterAccess, withAdmin, withConnection } from './connect.ts';
import { answer } from './live.ts';

type PartitionHealth = {
  readonly topic: string;
  readonly partition: number;
  readonly leader: number;
  readonly replicas: number;
  readonly inSync: number;
};

export type GroupLag = { readonly group: string; readonly topic: string; readonly lag: number };

export type ClusterHealth = {
  readonly brokers: readonly number[];
  readonly quorum: {
    readonly leader: number;
    readonly epoch: number;
    readonly voters: readonly number[];
  };
  /** Of these and their partitions, `internal` are Kafka's own, such as `__consumer_offsets`. */
  readonly topics: number;
  readonly partitions: number;
  readonly internal: { readonly topics: number; readonly partitions: number };
  readonly underReplicated: readonly PartitionHealth[];
  readonly offline: readonly PartitionHealth[];
};

/** What the live cluster says about itself. */
export const clusterHealth = (access: ClusterAccess): Promise<ClusterHealth> =>
  withConnection(access, async (connection) => {
    const { brokers, topics, internal, partitions } = await allPartitions(connection);
    return {
      brokers,
      quorum: await quorum(connection),
      topics,
      partitions: partitions.length,
      internal,
      underReplicated: partitions.filter(({ inSync, replicas }) => inSync < replicas),
      offline: partitions.filter(({ leader }) => leader < 0),
    };
  });

/** Every partition of every topic, internal ones included. */
async function allPartitions(connection: Connection): Promise<{
  readonly brokers: readonly number[];
  readonly topics: number;
  readonly internal: ClusterHealth['internal'];
  readonly partitions: readonly PartitionHealth[];
}> {
  // The client's own metadata() leaves internal topics out, and fails where a partition has no leader.
  const { brokers, topics } = await answer(connection, metadataV12.api, [null, false, false]);
  const internal = topics.filter(({ isInternal }) => isInternal);
  return {
    brokers: brokers.map(({ nodeId }) => nodeId).sort((a, b) => a - b),
    topics: topics.length,
    internal: {
      topics: internal.length,
      partitions: internal.reduce((sum, { partitions }) => sum + partitions.length, 0),
    },
    partitions: topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, leaderId, replicaNodes, isrNodes }) => ({
        topic: name ?? '',
        partition: partitionIndex,
        leader: leaderId,
        replicas: replicaNodes.length,
        inSync: isrNodes.length,
      })),
    ),
  };
}

/** Brokers forward the question to the active controller (KIP-595). */
async function quorum(connection: Connection): Promise<ClusterHealth['quorum']> {
  const response = await describeQuorumV2.api.async(connection, [
    { topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] },
  ]);
  const [partition] = response.topics[0]?.partitions ?? [];
  return {
    leader: partition?.leaderId ?? -1,
    epoch: partition?.leaderEpoch ?? -1,
    voters: (partition?.currentVoters ?? []).map(({ replicaId }) => replicaId),
  };
}

/** Records that a group has yet to read, per topic; partitions without a commit count from the start. */
export async function groupLag(
  access: ClusterAccess,
  group: string,
  topic: string,
): Promise<GroupLag> {
  return withAdmin(access, async (admin) => {
    const ends = await endOffsets(admin, topic);
    const [described] = await admin.listConsumerGroupOffsets({ groups: [group] });
    const committed = new Map(
      described?.topics
        .find(({ name }) => name === topic)
        ?.partitions.map(({ partitionIndex, committedOffset }) => [
          partitionIndex,
          committedOffset,
        ]),
    );
    const lag = [...ends].reduce((sum, [partition, end]) => {
      const position = committed.get(partition) ?? 0n;
      return sum + Number(end - (position < 0n ? 0n : position));
    }, 0);
    return { group, topic, lag };
  });
}

/** The next offset of each partition of a topic. */
export async function endOffsets(admin: Admin, topic: string): Promise<Map<number, bigint>> {
  const metadata = await admin.metadata({ topics: [topic] });
  const partitions = metadata.topics.get(topic)?.partitions ?? [];
  const [listed] = await admin.listOffsets({
    topics: [
      {
        name: topic,
        partitions: partitions.map((_, partitionIndex) => ({
          partitionIndex,
          timestamp: ListOffsetTimestamps.LATEST,
        })),
      },
    ],
  });
  return new Map(listed?.partitions.map(({ partitionIndex, offset }) => [partitionIndex, offset]));
}
