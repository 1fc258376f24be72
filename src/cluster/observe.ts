import {
  type Admin,
  type ClusterMetadata,
  Connection,
  describeQuorumV2,
  ListOffsetTimestamps,
} from '@platformatic/kafka';
import { type ClusterAccess, clientOptions, withAdmin } from './connect.ts';

export type PartitionHealth = {
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
  readonly topics: number;
  readonly partitions: number;
  readonly underReplicated: readonly PartitionHealth[];
  readonly offline: readonly PartitionHealth[];
};

/** What the live cluster says about itself. */
export async function clusterHealth(access: ClusterAccess): Promise<ClusterHealth> {
  return withAdmin(access, async (admin) => {
    const topics = await admin.listTopics({ includeInternals: true });
    const metadata = await admin.metadata({ topics, forceUpdate: true });
    const partitions = partitionHealth(metadata);
    return {
      brokers: [...metadata.brokers.keys()].sort((a, b) => a - b),
      quorum: await quorum(access, metadata),
      topics: topics.length,
      partitions: partitions.length,
      underReplicated: partitions.filter(({ inSync, replicas }) => inSync < replicas),
      offline: partitions.filter(({ leader }) => leader < 0),
    };
  });
}

export const partitionHealth = (metadata: ClusterMetadata): PartitionHealth[] =>
  [...metadata.topics].flatMap(([topic, { partitions }]) =>
    partitions.map(({ leader, replicas, isr }, partition) => ({
      topic,
      partition,
      leader,
      replicas: replicas.length,
      inSync: isr.length,
    })),
  );

/** Brokers forward the question to the active controller (KIP-595). */
async function quorum(
  access: ClusterAccess,
  metadata: ClusterMetadata,
): Promise<ClusterHealth['quorum']> {
  const [broker] = metadata.brokers.values();
  if (!broker) return { leader: -1, epoch: -1, voters: [] };
  const options = clientOptions(access, 'krafter');
  const connection = new Connection('krafter', options);
  try {
    await connection.connect(broker.host, broker.port);
    const response = await describeQuorumV2.api.async(connection, [
      { topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] },
    ]);
    const [partition] = response.topics[0]?.partitions ?? [];
    return {
      leader: partition?.leaderId ?? -1,
      epoch: partition?.leaderEpoch ?? -1,
      voters: (partition?.currentVoters ?? []).map(({ replicaId }) => replicaId),
    };
  } finally {
    await connection.close();
  }
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
