import { type ClusterAccess, withAdmin } from './connect.ts';

/** Takes dead members out of a group, instead of waiting for their session to end. */
export const removeMembers = (access: ClusterAccess, group: string): Promise<void> =>
  withAdmin(access, async (admin) => {
    const described = await admin.describeGroups({ groups: [group] });
    const members = [...(described.get(group)?.members.keys() ?? [])];
    if (members.length === 0) return;
    await admin.removeMembersFromConsumerGroup({
      groupId: group,
      members: members.map((memberId) => ({ memberId, reason: 'killed by a drill' })),
    });
  });
