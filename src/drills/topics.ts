import type { Admin } from '@platformatic/kafka';
import { type ClusterAccess, withAdmin } from '../cluster/connect.ts';

/** A topic that lives as long as a drill; its durability is the cluster's default. */
export async function withTopic<T>(
  access: ClusterAccess,
  name: string,
  partitions: number,
  run: () => Promise<T>,
): Promise<T> {
  // -1: as many copies as the cluster gives a topic by default (KIP-464).
  await withAdmin(access, (admin) =>
    admin.createTopics({ topics: [name], partitions, replicas: -1 }),
  );
  try {
    return await run();
  } finally {
    await withAdmin(access, (admin) => admin.deleteTopics({ topics: [name] })).catch(
      () => undefined,
    );
  }
}

/** Forgets groups of a drill. */
export const deleteGroup = (access: ClusterAccess, group: string): Promise<void> =>
  withAdmin(access, (admin: Admin) => admin.deleteGroups({ groups: [group] })).catch(
    () => undefined,
  );
