import { setTimeout as sleep } from 'node:timers/promises';
import { deliveryFailure } from './errors.ts';
import { DeliveryFailed } from './failures.ts';
import type { OutgoingRecord } from './records.ts';
import type { Sender } from './sender.ts';

export const LINGER_MS = 5;
export const BATCH_BYTES = 64 * 1024;

/** The client gives up by itself after the delivery timeout; beyond this, its answer got lost. */
const SEND_GRACE_MS = 15_000;

/** A record on its way; once expired, its caller has been told and it must not be sent any more. */
export interface Delivery {
  record: OutgoingRecord;
  expired: boolean;
}

interface Waiting {
  delivery: Delivery;
  resolve: (offset: bigint) => void;
  reject: (error: Error) => void;
}

/**
 * Sends batches one after the other: what one lane is given for a partition stays in order, also
 * when a send is retried. A batch holds one partition only, because the client routes all records
 * of a leader by the first one when leaders move, and the others would miss theirs.
 */
export class Lane {
  readonly #openSender: () => Sender;
  readonly #sendTimeoutMs: number;
  #sender: Sender;
  readonly #waiting = new Map<number, Waiting[]>();
  #running: Promise<void> | undefined;

  constructor(openSender: () => Sender, deliveryTimeoutMs: number) {
    this.#openSender = openSender;
    this.#sender = openSender();
    this.#sendTimeoutMs = deliveryTimeoutMs + SEND_GRACE_MS;
  }

  /** Resolves with the record's offset once all in-sync replicas have it. */
  deliver(partition: number, delivery: Delivery): Promise<bigint> {
    const { promise, resolve, reject } = Promise.withResolvers<bigint>();
    const queue = this.#waiting.get(partition) ?? [];
    queue.push({ delivery, resolve, reject });
    this.#waiting.set(partition, queue);
    this.#running ??= this.#run();
    return promise;
  }

  async close(): Promise<void> {
    await this.#running;
    await this.#sender.close();
  }

  async #run(): Promise<void> {
    // Only an idle lane lingers: while a send is under way, the next batch grows by itself.
    await sleep(LINGER_MS);
    for (const [partition, queue] of this.#queues()) {
      await this.#send(partition, takeBatch(queue));
    }
    this.#running = undefined;
  }

  /** The partitions in turn, until nothing waits. */
  *#queues(): Iterable<[number, Waiting[]]> {
    for (const [partition, queue] of this.#waiting) {
      this.#waiting.delete(partition);
      yield [partition, queue];
      if (queue.length > 0) {
        this.#waiting.set(partition, queue.concat(this.#waiting.get(partition) ?? []));
      }
    }
  }

  async #send(partition: number, batch: readonly Waiting[]): Promise<void> {
    if (batch.length === 0) {
      return;
    }
    try {
      const records = batch.map(({ delivery }) => delivery.record);
      const offsets = await this.#sendInTime(partition, records);
      batch.forEach(({ resolve }, index) => {
        resolve(offsets[index] ?? -1n);
      });
    } catch (error) {
      const failure = deliveryFailure(error);
      if (failure.kind === 'too_large' && batch.length > 1) {
        // The topic's max.message.bytes holds for the batch: single records may still fit.
        for (const waiting of batch) {
          await this.#send(partition, [waiting]);
        }
        return;
      }
      for (const { reject } of batch) {
        reject(failure);
      }
    }
  }

  /** One send that never ends must not hold up the partition for ever: a new client takes over. */
  async #sendInTime(partition: number, records: readonly OutgoingRecord[]): Promise<bigint[]> {
    const timeout = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      this.#sender.close().catch(() => undefined);
      this.#sender = this.#openSender();
      timeout.reject(new DeliveryFailed('timeout', 'Kafka did not answer in time.'));
    }, this.#sendTimeoutMs);
    try {
      return await Promise.race([this.#sender.send(partition, records), timeout.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function takeBatch(queue: Waiting[]): Waiting[] {
  let bytes = 0;
  let end = 0;
  while (end < queue.length && (end === 0 || bytes < BATCH_BYTES)) {
    const { key, value } = queue[end]?.delivery.record ?? { key: null, value: null };
    bytes += (key?.length ?? 0) + (value?.length ?? 0);
    end += bytes > BATCH_BYTES && end > 0 ? 0 : 1;
  }
  return queue.splice(0, end).filter(({ delivery }) => !delivery.expired);
}
