import { describeGroupsV5, Reader } from '@platformatic/kafka';
import { type ListedGroup, refused } from './group-list.ts';
import type { LiveCluster } from './live.ts';
import {
  consumerGroupDescribeV0,
  consumerGroupDescribeV1,
  shareGroupDescribeV1,
  streamsGroupDescribeV0,
} from './messages/describe-groups.ts';

type Member = {
  readonly id: string;
  readonly clientId: string;
  readonly host: string;
  /** Of a static member. */
  readonly instanceId?: string;
  readonly rack?: string;
  /** Topics and partitions; of streams groups subtopologies and the partitions of active tasks. */
  readonly assigned: ReadonlyMap<string, readonly number[]>;
  /** What is told besides, in the words of the protocol. */
  readonly notes: readonly string[];
};

export type GroupDescription = {
  /** As of this answer; the list may be older. */
  readonly state: string;
  readonly members: readonly Member[];
  /** The assignor; of a classic group what its members agreed on. */
  readonly assignor?: string;
  /** Of the newer protocols: what changed last, and what was assigned last. */
  readonly epochs?: { readonly group: number; readonly assignment: number };
  readonly notes: readonly string[];
};

/** By the request of the group's own type: a broker calls groups of another type "Dead". */
export function groupDescription(
  cluster: LiveCluster,
  group: ListedGroup,
): Promise<GroupDescription> {
  switch (group.type) {
    case 'classic':
      return classic(cluster, group);
    case 'consumer':
      return consumer(cluster, group);
    case 'share':
      return share(cluster, group);
    case 'streams':
      return streams(cluster, group);
  }
}

async function classic(
  cluster: LiveCluster,
  { coordinator, id }: ListedGroup,
): Promise<GroupDescription> {
  const { groups } = await cluster.askOf(coordinator, [describeGroupsV5.api], [id], false);
  const group = only(groups);
  return {
    state: group.groupState,
    ...(group.protocolData ? { assignor: group.protocolData } : {}),
    members: group.members.map((member) => ({
      id: member.memberId,
      clientId: member.clientId,
      host: hostOf(member.clientHost),
      ...(member.groupInstanceId ? { instanceId: member.groupInstanceId } : {}),
      assigned:
        group.protocolType === 'consumer' ? classicAssignment(member.memberAssignment) : new Map(),
      notes: [],
    })),
    notes:
      group.protocolType && group.protocolType !== 'consumer'
        ? [`a group of protocol type ${group.protocolType}: no partitions are assigned by it`]
        : [],
  };
}

/** ConsumerProtocolAssignment.json: the bytes that a leader of a classic group hands to a member. */
function classicAssignment(bytes: Buffer): Map<string, number[]> {
  if (bytes.length === 0) return new Map();
  const reader = Reader.from(bytes);
  reader.readInt16();
  const topics = reader.readArray(
    (one) =>
      [
        one.readString(false),
        one.readArray((partition) => partition.readInt32(), false, false),
      ] as const,
    false,
    false,
  );
  return new Map(topics);
}

type Assignment = {
  readonly topicPartitions: readonly {
    readonly topicName: string;
    readonly partitions: readonly number[];
  }[];
};

const byTopic = ({ topicPartitions }: Assignment): Map<string, readonly number[]> =>
  new Map(topicPartitions.map(({ topicName, partitions }) => [topicName, partitions]));

async function consumer(
  cluster: LiveCluster,
  { coordinator, id }: ListedGroup,
): Promise<GroupDescription> {
  const { groups } = await cluster.askOf(
    coordinator,
    [consumerGroupDescribeV1, consumerGroupDescribeV0],
    [id],
  );
  const group = only(groups);
  return {
    state: group.groupState,
    assignor: group.assignorName,
    epochs: { group: group.groupEpoch, assignment: group.assignmentEpoch },
    members: group.members.map((member) => ({
      ...memberOf(member),
      assigned: byTopic(member.assignment),
      notes: [
        ...(member.memberType === 0 ? ['still speaks the classic protocol'] : []),
        ...(member.memberEpoch < group.assignmentEpoch
          ? [`at epoch ${member.memberEpoch} of ${group.assignmentEpoch}`]
          : []),
      ],
    })),
    notes: [],
  };
}

async function share(
  cluster: LiveCluster,
  { coordinator, id }: ListedGroup,
): Promise<GroupDescription> {
  const { groups } = await cluster.askOf(coordinator, [shareGroupDescribeV1], [id]);
  const group = only(groups);
  return {
    state: group.groupState,
    assignor: group.assignorName,
    epochs: { group: group.groupEpoch, assignment: group.assignmentEpoch },
    members: group.members.map((member) => ({
      ...memberOf(member),
      assigned: byTopic(member.assignment),
      notes: [],
    })),
    notes: ['members share partitions, record by record: a partition may have several of them'],
  };
}

async function streams(
  cluster: LiveCluster,
  { coordinator, id }: ListedGroup,
): Promise<GroupDescription> {
  const { groups } = await cluster.askOf(coordinator, [streamsGroupDescribeV0], [id]);
  const group = only(groups);
  const { topology } = group;
  return {
    state: group.groupState,
    epochs: { group: group.groupEpoch, assignment: group.assignmentEpoch },
    members: group.members.map((member) => {
      const { activeTasks, standbyTasks, warmupTasks } = member.assignment;
      const waiting = [
        ...(standbyTasks.length > 0 ? [`standby ${tasks(standbyTasks)}`] : []),
        ...(warmupTasks.length > 0 ? [`warming up ${tasks(warmupTasks)}`] : []),
      ];
      return {
        ...memberOf(member),
        assigned: new Map(
          activeTasks.map(({ subtopologyId, partitions }) => [
            `subtopology ${subtopologyId}`,
            partitions,
          ]),
        ),
        notes: [
          ...waiting,
          ...(topology && member.topologyEpoch !== topology.epoch
            ? [`topology ${member.topologyEpoch}, the group has ${topology.epoch}`]
            : []),
        ],
      };
    }),
    notes: topology?.subtopologies
      ? [
          `topology epoch ${topology.epoch}, ${topology.subtopologies.length} subtopologies, ${topology.subtopologies.reduce((sum, { stateChangelogTopics }) => sum + stateChangelogTopics.length, 0)} state stores with a changelog`,
        ]
      : ['no topology that can run: source topics are missing, or do not fit'],
  };
}

const tasks = (
  ids: readonly { readonly subtopologyId: string; readonly partitions: readonly number[] }[],
): string =>
  ids.map(({ subtopologyId, partitions }) => `${subtopologyId}:${partitions.join(',')}`).join(' ');

const memberOf = (member: {
  readonly memberId: string;
  readonly clientId: string;
  readonly clientHost: string;
  readonly instanceId?: string | null;
  readonly rackId?: string | null;
}) => ({
  id: member.memberId,
  clientId: member.clientId,
  host: hostOf(member.clientHost),
  ...(member.instanceId ? { instanceId: member.instanceId } : {}),
  ...(member.rackId ? { rack: member.rackId } : {}),
});

/** Java writes an address without a name as `/10.0.0.1`. */
const hostOf = (host: string): string => host.replace(/^\//, '');

function only<G extends { readonly errorCode: number }>(groups: readonly G[]): G {
  const [group] = groups;
  if (group?.errorCode !== 0) throw refused(group?.errorCode ?? 0);
  return group;
}
