import { Consumer, IS_CONTROL, IS_TRANSACTIONAL, type FetchOptions } from '@platformatic/kafka';
import { partitionsOutOfRange } from './offset-reset.ts';

type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>;
type FetchedPartition = FetchResponse['responses'][number]['partitions'][number];
type FetchCallback = (error: Error | null, response?: FetchResponse) => void;

/**
 * The client drops the records of one aborted transaction per producer, and only if the abort marker
 * is in the same response; what is left would be read as if it had been committed. This consumer
 * drops the others.
 */
export class ReadCommittedConsumer extends Consumer {
  onOutOfRange: (partition: number) => void = () => undefined;

  override fetch(
    options: FetchOptions<Buffer, Buffer, Buffer, Buffer>,
    callback: FetchCallback,
  ): void;
  override fetch(options: FetchOptions<Buffer, Buffer, Buffer, Buffer>): Promise<FetchResponse>;
  override fetch(
    options: FetchOptions<Buffer, Buffer, Buffer, Buffer>,
    callback?: FetchCallback,
  ): Promise<FetchResponse> | undefined {
    if (!callback) {
      return super.fetch(options).then(hideAborted);
    }
    super.fetch(options, (error, response) => {
      for (const partition of error ? partitionsOutOfRange(error) : []) {
        this.onOutOfRange(partition);
      }
      callback(error, response && hideAborted(response));
    });
    return undefined;
  }
}

function hideAborted(response: FetchResponse): FetchResponse {
  for (const { partitions } of response.responses) {
    partitions.forEach(hideAbortedBatches);
  }
  return response;
}

/**
 * The broker lists the aborted transactions of the range, each with its first offset; it lasts until
 * the producer's next marker. Batches are hidden as control batches, which the client reads past.
 */
export function hideAbortedBatches({ records, abortedTransactions }: FetchedPartition): void {
  const toCome = [...(abortedTransactions ?? [])].sort((one, other) =>
    Number(one.firstOffset - other.firstOffset),
  );
  const aborted = new Set<bigint>();
  for (const batch of toCome.length > 0 ? (records ?? []) : []) {
    const lastOffset = batch.firstOffset + BigInt(batch.lastOffsetDelta);
    while (toCome[0] && toCome[0].firstOffset <= lastOffset) {
      aborted.add((toCome.shift() as (typeof toCome)[number]).producerId);
    }
    if (batch.attributes & IS_CONTROL) {
      aborted.delete(batch.producerId);
    } else if (batch.attributes & IS_TRANSACTIONAL && aborted.has(batch.producerId)) {
      batch.attributes |= IS_CONTROL;
    }
  }
}
