import { describeQuorumV1, describeQuorumV2 } from '@platformatic/kafka';
import { whyUnseen } from './error-codes.ts';
import type { LiveCluster, Request } from './live.ts';
import { ClusterTrouble } from './trouble.ts';

/** A voter or an observer of the metadata log. */
export type QuorumReplica = {
  readonly id: number;
  /** Records behind the leader; unknown until it fetched from it. */
  readonly lag?: number;
  readonly behindMs?: number;
};

export type Quorum = {
  readonly leader: number;
  readonly epoch: number;
  readonly highWatermark: number;
  readonly voters: readonly QuorumReplica[];
  readonly observers: readonly QuorumReplica[];
};

type Topics = [{ topicName: string; partitions: { partitionIndex: number }[] }[]];
type Replica = {
  replicaId: number;
  logEndOffset: bigint;
  lastCaughtUpTimestamp: bigint;
};
type Answer = {
  errorCode: number;
  topics: {
    partitions: {
      errorCode: number;
      leaderId: number;
      leaderEpoch: number;
      highWatermark: bigint;
      currentVoters: Replica[];
      observers: Replica[];
    }[];
  }[];
};

const describeQuorum = [describeQuorumV2.api, describeQuorumV1.api] as unknown as Request<
  Topics,
  Answer
>;

/** As the active controller tells it, to whom brokers forward the question (KIP-595). */
export async function quorumOf(cluster: LiveCluster): Promise<Quorum | { readonly why: string }> {
  try {
    const { errorCode, topics } = await cluster.ask(describeQuorum, [
      { topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] },
    ]);
    const partition = topics[0]?.partitions[0];
    const code = errorCode || (partition?.errorCode ?? 0);
    if (code !== 0 || !partition) return { why: whyUnseen(code) };
    const { leaderId, leaderEpoch, highWatermark, currentVoters, observers } = partition;
    const leader = currentVoters.find(({ replicaId }) => replicaId === leaderId);
    return {
      leader: leaderId,
      epoch: leaderEpoch,
      highWatermark: Number(highWatermark),
      voters: currentVoters.map((replica) => replicaOf(replica, leader)),
      observers: observers.map((replica) => replicaOf(replica, leader)),
    };
  } catch (error) {
    // The brokers answer, so it is the controllers that do not.
    if (error instanceof ClusterTrouble)
      return { why: error.kind === 'timeout' ? 'no controller answers' : error.trouble.what };
    throw error;
  }
}

/** The same differences as kafka-metadata-quorum.sh makes. */
const replicaOf = (replica: Replica, leader: Replica | undefined): QuorumReplica => ({
  id: replica.replicaId,
  ...(leader && replica.logEndOffset >= 0n
    ? { lag: Number(leader.logEndOffset - replica.logEndOffset) }
    : {}),
  ...(leader && leader.lastCaughtUpTimestamp >= 0n && replica.lastCaughtUpTimestamp >= 0n
    ? { behindMs: Number(leader.lastCaughtUpTimestamp - replica.lastCaughtUpTimestamp) }
    : {}),
});
