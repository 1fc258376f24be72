import type { ConsumedRecord } from './records.ts';

/** Dropped: some of the records were not handled, and are to be read again. */
export type Outcome = 'handled' | 'dropped';

interface Delivery {
  records: ConsumedRecord[];
  begun: boolean;
  settle: (outcome: Outcome) => void;
}

/**
 * Between the client, which pushes batches, and the worker, which pulls records. A batch is settled
 * when its last record was taken and the worker has come back for more.
 */
export class Inbox {
  readonly #waiting: Delivery[] = [];
  #taken: Delivery[] = [];
  #arrival = Promise.withResolvers<undefined>();

  /** Resolves when the worker is through with the records, or when they were dropped. */
  deliver(records: readonly ConsumedRecord[]): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.#waiting.push({
      records: [...records],
      begun: false,
      settle: resolve,
    });
    this.#arrival.resolve(undefined);
    return promise;
  }

  /** Up to `max` records of one or more batches. */
  take(max: number): ConsumedRecord[] {
    this.settleTaken();
    const records: ConsumedRecord[] = [];
    for (let first = this.#waiting[0]; first && records.length < max; first = this.#waiting[0]) {
      records.push(...first.records.splice(0, max - records.length));
      first.begun = true;
      if (first.records.length > 0) {
        break;
      }
      this.#taken.push(first);
      this.#waiting.shift();
    }
    return records;
  }

  async arrival(): Promise<void> {
    if (this.#waiting.length === 0) {
      this.#arrival = Promise.withResolvers();
      await this.#arrival.promise;
    }
  }

  /** What was not taken yet will be read again. */
  drop(): void {
    for (const delivery of this.#waiting.splice(0)) {
      if (delivery.begun) {
        this.#taken.push({
          ...delivery,
          settle: () => {
            delivery.settle('dropped');
          },
        });
      } else {
        delivery.settle('dropped');
      }
    }
    this.wake();
  }

  settleTaken(): void {
    for (const { settle } of this.#taken) {
      settle('handled');
    }
    this.#taken = [];
  }

  wake(): void {
    this.#arrival.resolve(undefined);
  }
}
