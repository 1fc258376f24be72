import { Consumer, FetchIsolationLevels } from '@platformatic/kafka';
import { type ClusterAccess, clientOptions, withAdmin } from './connect.ts';
import { endOffsets } from './observe.ts';

export type ReadOptions = {
  readonly from?: ReadonlyMap<number, bigint>;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
};

export type TopicRecord = {
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: ReadonlyMap<string, string>;
};

type Batches = NonNullable<
  Awaited<ReturnType<Consumer['fetch']>>['responses'][number]['partitions'][number]['records']
>;

/** Of RecordBatch's attributes (org.apache.kafka.common.record.DefaultRecordBatch). */
const isTransactional = 1 << 4;
const isControl = 1 << 5;
/** Of a control record's key: version, then type (ControlRecordType): 0 abort, 1 commit. */
const commitMarker = 1;

/**
 * Every committed record of a topic from an offset up to where it ends now, in the order of each partition.
 * No group: nothing to join, to wait for or to clean up. Whether a transaction was committed is
 * read off its marker, because the client's own filter lets aborted records through.
 */
export async function readTopic(
  access: ClusterAccess,
  topic: string,
  { from = new Map(), signal, timeoutMs = 60_000 }: ReadOptions,
  each: (record: TopicRecord) => void,
): Promise<void> {
  const ends = await withAdmin(access, (admin) => endOffsets(admin, topic));
  const readers = new Map<number, PartitionReader>();
  for (const [partition, end] of ends) {
    const start = from.get(partition) ?? 0n;
    if (end > start) readers.set(partition, partitionReader(partition, start, each));
  }
  const consumer = new Consumer({ ...clientOptions(access, 'krafter'), groupId: 'krafter-reader' });
  const deadline = Date.now() + timeoutMs;
  try {
    while (readers.size > 0) {
      signal.throwIfAborted();
      if (Date.now() > deadline) throw new Error(`${topic} could not be read to its end`);
      for (const { partitionIndex, records } of await fetchFromLeaders(consumer, topic, readers)) {
        const reader = readers.get(partitionIndex);
        reader?.take(records ?? []);
        if (reader && reader.next() >= (ends.get(partitionIndex) ?? 0n))
          readers.delete(partitionIndex);
      }
    }
  } finally {
    await consumer.close(true);
  }
}

async function fetchFromLeaders(
  consumer: Consumer,
  topic: string,
  readers: ReadonlyMap<number, PartitionReader>,
) {
  const { topics } = await consumer.metadata({ topics: [topic], forceUpdate: true });
  const found = topics.get(topic);
  if (!found) throw new Error(`${topic} is not there`);
  const byLeader = Map.groupBy(readers, ([partition]) => found.partitions[partition]?.leader ?? -1);
  const responses = await Promise.all(
    [...byLeader]
      .filter(([leader]) => leader >= 0)
      .map(([node, own]) =>
        consumer.fetch({
          node,
          maxWaitTime: 200,
          minBytes: 1,
          maxBytes: 10_000_000,
          isolationLevel: FetchIsolationLevels.READ_UNCOMMITTED,
          topics: [
            {
              topicId: found.id,
              partitions: own.map(([partition, reader]) => ({
                partition,
                currentLeaderEpoch: -1,
                fetchOffset: reader.next(),
                lastFetchedEpoch: -1,
                partitionMaxBytes: 5_000_000,
              })),
            },
          ],
        }),
      ),
  );
  return responses.flatMap(({ responses: own }) => own.flatMap(({ partitions }) => partitions));
}

type PartitionReader = {
  /** The offset to fetch from. */
  readonly next: () => bigint;
  readonly take: (batches: Batches) => void;
};

/** A batch, and whether its transaction has ended; `decided` from the start without one. */
type Held = { readonly producerId: bigint; readonly records: TopicRecord[]; decided: boolean };

/** Holds back what is not decided yet, so that records come out in the order of their offsets. */
function partitionReader(
  partition: number,
  start: bigint,
  each: (record: TopicRecord) => void,
): PartitionReader {
  let next = start;
  const held: Held[] = [];
  const decide = (producerId: bigint, committed: boolean) => {
    for (const batch of held) {
      if (batch.decided || batch.producerId !== producerId) continue;
      batch.decided = true;
      if (!committed) batch.records.length = 0;
    }
  };
  return {
    next: () => next,
    take(batches) {
      for (const { attributes, firstOffset, lastOffsetDelta, producerId, records } of batches) {
        next = firstOffset + BigInt(lastOffsetDelta) + 1n;
        if (attributes & isControl) {
          decide(producerId, records[0]?.key?.readInt16BE(2) === commitMarker);
        } else {
          held.push({
            producerId,
            decided: (attributes & isTransactional) === 0,
            // A fetch begins with the whole batch that its offset lies in.
            records: records
              .map((record) => ({
                partition,
                offset: firstOffset + BigInt(record.offsetDelta),
                key: record.key,
                value: record.value,
                headers: new Map(
                  record.headers.map(([name, value]) => [String(name), String(value ?? '')]),
                ),
              }))
              .filter(({ offset }) => offset >= start),
          });
        }
        while (held[0]?.decided) for (const record of held.shift()?.records ?? []) each(record);
      }
    },
  };
}
