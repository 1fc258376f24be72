import { headers, headerText } from '../kafka/headers.ts';
import type { Publisher } from '../kafka/publisher.ts';
import type { ConsumedRecord, OutgoingRecord } from '../kafka/records.ts';
import type { Subscription } from '../kafka/subscription.ts';
import { errorFields, type Log } from '../service/log.ts';

export interface Replay {
  deadLetters: Pick<Subscription, 'ends' | 'hasReached' | 'poll' | 'done' | 'commit'>;
  publisher: Pick<Publisher, 'publish'>;
  /** Where they came from and go to; dead letters of other topics are skipped. */
  topic: string;
  limit: number;
  dryRun: boolean;
  signal: AbortSignal;
  log: Log;
}

export interface Outcome {
  replayed: number;
  skipped: number;
  failed: number;
}

const BATCH = 500;
const POLL_TIMEOUT_MS = 200;

/** From where the group has come to, to what is the end now; what arrives later is left alone. */
export async function replay(options: Replay): Promise<Outcome> {
  const { deadLetters, limit, signal } = options;
  const ends = await deadLetters.ends();
  const total: Outcome = { replayed: 0, skipped: 0, failed: 0 };
  while (!signal.aborted && total.failed === 0 && total.replayed < limit) {
    const records = await deadLetters.poll(BATCH, POLL_TIMEOUT_MS);
    if (records.length === 0 && deadLetters.hasReached(ends)) {
      break;
    }
    const due = records.filter(({ partition, offset }) => offset < (ends.get(partition) ?? 0n));
    const { replayed, skipped, failed } = await replayBatch(
      upToLimit(due, options.topic, limit - total.replayed),
      options,
    );
    total.replayed += replayed;
    total.skipped += skipped;
    total.failed += failed;
  }
  return total;
}

async function replayBatch(records: readonly ConsumedRecord[], options: Replay): Promise<Outcome> {
  const { deadLetters, publisher, topic, dryRun } = options;
  const own = records.filter((record) => cameFrom(record, topic));
  if (dryRun) {
    return { replayed: own.length, skipped: records.length - own.length, failed: 0 };
  }
  const failed = new Set<ConsumedRecord>();
  await Promise.all(
    own.map(async (record) => {
      try {
        await publisher.publish(withoutDiagnosis(record));
      } catch (error) {
        failed.add(record);
        const { partition, offset } = record;
        const fields = { topic: record.topic, partition, offset: Number(offset) };
        options.log.error({ ...fields, ...errorFields(error) }, 'dead letter not replayed');
      }
    }),
  );
  deadLetters.done(beforeFailures(records, failed));
  await deadLetters.commit();
  return {
    replayed: own.length - failed.size,
    skipped: records.length - own.length,
    failed: failed.size,
  };
}

function cameFrom({ headers: list }: ConsumedRecord, topic: string): boolean {
  return headerText(list, 'dlq-original-topic') === topic;
}

/** An offset stands for all before it: in each partition, what follows a failure goes again. */
function beforeFailures(
  records: readonly ConsumedRecord[],
  failed: ReadonlySet<ConsumedRecord>,
): ConsumedRecord[] {
  const stopped = new Set<number>();
  return records.filter((record) => {
    if (failed.has(record)) {
      stopped.add(record.partition);
    }
    return !stopped.has(record.partition);
  });
}

/** Up to the last record that may be sent; those to skip cost nothing. */
function upToLimit(
  records: readonly ConsumedRecord[],
  topic: string,
  limit: number,
): ConsumedRecord[] {
  let left = limit;
  const end = records.findIndex((record) => {
    left -= cameFrom(record, topic) ? 1 : 0;
    return left < 0;
  });
  return end === -1 ? [...records] : records.slice(0, end);
}

/** The record as it was before it failed, with a header that says where it waited. */
export function withoutDiagnosis(record: ConsumedRecord): OutgoingRecord {
  const { topic, partition, offset, key, value } = record;
  const own = record.headers.filter(
    ([name]) => !name.toString().startsWith('dlq-') && name.toString() !== 'replayed-from',
  );
  const place = `${topic}/${partition}/${offset}`;
  return { key, value, headers: [...own, ...headers({ 'replayed-from': place })] };
}
