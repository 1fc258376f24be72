import {
  type Admin,
  Consumer,
  FetchIsolationLevels,
  type Message,
  MessagesStreamModes,
} from '@platformatic/kafka';
import { type ClusterAccess, clientOptions, withAdmin } from '../cluster/connect.ts';
import { endOffsets } from '../cluster/observe.ts';

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

export type ReadOptions = {
  readonly isolation: 'read_committed' | 'read_uncommitted';
  readonly from?: ReadonlyMap<number, bigint>;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
};

type Raw = Message<Buffer, Buffer, Buffer, Buffer>;

/**
 * Every record of a topic from an offset up to where it ends now. Reads under a group of its own,
 * which is deleted afterwards. Transaction markers take offsets, so the end is a position, not a count.
 */
export async function readTopic(
  access: ClusterAccess,
  topic: string,
  group: string,
  { isolation, from = new Map(), signal, timeoutMs = 60_000 }: ReadOptions,
  each: (message: Raw) => void,
): Promise<void> {
  const ends = await withAdmin(access, (admin) => endOffsets(admin, topic));
  const open = new Set(
    [...ends]
      .filter(([partition, end]) => end > (from.get(partition) ?? 0n))
      .map(([partition]) => partition),
  );
  if (open.size === 0) return;
  const consumer = new Consumer({
    ...clientOptions(access, 'krafter-drill'),
    groupId: group,
    isolationLevel:
      isolation === 'read_committed'
        ? FetchIsolationLevels.READ_COMMITTED
        : FetchIsolationLevels.READ_UNCOMMITTED,
    autocommit: false,
    maxWaitTime: 200,
    maxBytes: 10_000_000,
    highWaterMark: 10_000,
  });
  const stream = await consumer.consume({
    topics: [topic],
    mode: MessagesStreamModes.MANUAL,
    offsets: [...ends.keys()].map((partition) => ({
      topic,
      partition,
      offset: from.get(partition) ?? 0n,
    })),
  });
  const deadline = Date.now() + timeoutMs;
  // The last offsets may be markers or aborted records, which never arrive: quiet means done.
  let lastArrival = Date.now();
  const quiet = setInterval(() => {
    const waited = Date.now() - lastArrival;
    if (waited > 3000 || Date.now() > deadline || signal.aborted) void stream.close();
  }, 100);
  try {
    for await (const message of stream) {
      lastArrival = Date.now();
      each(message as Raw);
      if (message.offset + 1n >= (ends.get(message.partition) ?? 0n))
        open.delete(message.partition);
      if (open.size === 0) break;
    }
  } finally {
    clearInterval(quiet);
    await consumer.close(true);
    await deleteGroup(access, group);
  }
  signal.throwIfAborted();
}
