import { listGroupsV4, listGroupsV5 } from '@platformatic/kafka';
import { nearest } from '../nearest.ts';
import { quoted } from '../quoted.ts';
import { type RegisteredBroker, registeredBrokers } from './brokers.ts';
import { errorName, whyUnseen } from './error-codes.ts';
import type { Broker, LiveCluster, Request } from './live.ts';
import { ClusterTrouble } from './trouble.ts';

export const groupTypes = ['classic', 'consumer', 'share', 'streams'] as const;
type GroupType = (typeof groupTypes)[number];

export type ListedGroup = {
  readonly id: string;
  readonly type: GroupType;
  /** `consumer` of classic consumers, `connect` of Connect's workers; nothing of a group that only commits. */
  readonly protocolType: string;
  readonly state: string;
  readonly coordinator: Broker;
};

export type GroupList = {
  readonly groups: readonly ListedGroup[];
  readonly unseen: readonly { readonly what: string; readonly why: string }[];
};

type Answer = {
  readonly errorCode: number;
  readonly groups: readonly {
    readonly groupId: string;
    readonly protocolType: string;
    readonly groupState: string;
    /** Before version 5 there were classic ones only. */
    readonly groupType?: string;
  }[];
};

const listGroups = [listGroupsV5.api, listGroupsV4.api] as unknown as Request<
  [states: string[], types: string[]],
  Answer
>;

/** Every broker is asked: each knows the groups that it coordinates. */
export async function groupList(cluster: LiveCluster): Promise<GroupList> {
  const { brokers, mayDescribe } = await registeredBrokers(cluster);
  const answers = await Promise.all(
    brokers.filter(({ isFenced }) => !isFenced).map((broker) => groupsOf(cluster, broker)),
  );
  return {
    groups: answers.flatMap(({ groups }) => groups),
    unseen: [
      ...(mayDescribe
        ? []
        : [{ what: 'groups that this user may not describe', why: 'brokers do not tell of them' }]),
      ...answers.flatMap(({ unseen }) => unseen),
    ],
  };
}

async function groupsOf(cluster: LiveCluster, broker: RegisteredBroker): Promise<GroupList> {
  const unseen = (why: string) => ({
    groups: [],
    unseen: [{ what: `groups that broker ${broker.id} coordinates`, why }],
  });
  try {
    const { errorCode, groups } = await cluster.askOf(broker, listGroups, [], []);
    if (errorName(errorCode)) return unseen(whyUnseen(errorCode));
    return { groups: groups.map((group) => listed(group, broker)), unseen: [] };
  } catch (error) {
    if (!(error instanceof ClusterTrouble)) throw error;
    return unseen(error.trouble.why ?? error.trouble.what);
  }
}

const listed = (
  { groupId, groupState, groupType, protocolType }: Answer['groups'][number],
  coordinator: Broker,
): ListedGroup => ({
  id: groupId,
  type: groupTypes.find((type) => type === groupType?.toLowerCase()) ?? 'classic',
  protocolType,
  state: groupState,
  coordinator,
});

/**
 * One group, as its coordinator lists it. Brokers are asked what they have: the request that names
 * the coordinator of any name would create __consumer_offsets in a cluster that has none.
 */
export async function listedGroup(cluster: LiveCluster, id: string): Promise<ListedGroup> {
  const { groups, unseen } = await groupList(cluster);
  const found = groups.find((group) => group.id === id);
  if (found) return found;
  const [missing] = unseen;
  const like = nearest(
    id,
    groups.map((group) => group.id),
  );
  throw new ClusterTrouble('not-found', {
    what: 'There is no such group.',
    where: 'group',
    why: missing
      ? `Not seen: ${missing.what} (${missing.why}).`
      : 'A group without members is gone when its commits are (offsets.retention.minutes).',
    next:
      like === undefined ? 'List the groups.' : `Did you mean ${quoted(like)}? Or list the groups.`,
  });
}

/** What an error code of a group's coordinator means to who asked. */
export const refused = (code: number): ClusterTrouble =>
  /AUTHORIZATION/.test(errorName(code) ?? '')
    ? new ClusterTrouble('unauthorised', {
        what: 'This user may not see the group.',
        why: whyUnseen(code),
        next: 'Give it the right Describe on the group with kafka-acls.sh, or ask as another user.',
      })
    : new ClusterTrouble('conflict', {
        what: 'The coordinator of the group does not answer for it now.',
        why: errorName(code) ?? 'it named no reason',
        next: 'Ask again in some seconds: a coordinator is loading or moving.',
      });
