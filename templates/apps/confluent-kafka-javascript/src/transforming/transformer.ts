import { keepConsuming } from '../consuming/group-loop.ts';
import type { ConsumedRecord } from '../kafka/records.ts';
import type { Subscription } from '../kafka/subscription.ts';
import type { Transactions } from '../kafka/transactions.ts';
import type { Log } from '../service/log.ts';
import type { TransformerMetrics } from '../service/metrics.ts';
import { transform, type Rejection, type Target } from './transform.ts';

export type TransactionalMembership = Pick<
  Subscription,
  'open' | 'poll' | 'handle' | 'transacted' | 'member' | 'problem' | 'close'
>;

export interface TransformerOptions {
  target: Target;
  topic: string;
  maxPollRecords: number;
  subscribe: () => TransactionalMembership;
  transactions: Pick<Transactions, 'open' | 'commit' | 'close'>;
  metrics: TransformerMetrics;
  log: Log;
}

const POLL_TIMEOUT_MS = 200;

/** Reads, derives, and writes both the result and the offsets in one transaction: exactly once. */
export class Transformer {
  readonly #options: TransformerOptions;
  readonly #stop = new AbortController();
  #subscription: TransactionalMembership | undefined;
  #running: Promise<void> | undefined;
  #transformed = 0;
  #deadLettered = 0;

  constructor(options: TransformerOptions) {
    this.#options = options;
  }

  /** Rejects only when Kafka refused for good, or with a bug. */
  start(): Promise<void> {
    const { transactions, log } = this.#options;
    this.#running ??= keepConsuming({
      prepare: (signal) => transactions.open(signal),
      subscribe: () => (this.#subscription = this.#options.subscribe()),
      consume: (subscription, onProgress) => this.#consume(subscription, onProgress),
      signal: this.#stop.signal,
      log,
    }).finally(() => transactions.close());
    return this.#running;
  }

  /** Finishes the transaction under way and leaves the group. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  problem(): string | undefined {
    return this.#subscription ? this.#subscription.problem() : 'starting';
  }

  /** Counted once their transaction is committed. */
  stats(): { transformed: number; deadLettered: number } {
    return { transformed: this.#transformed, deadLettered: this.#deadLettered };
  }

  async #consume(subscription: TransactionalMembership, onProgress: () => void): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const records = await subscription.poll(this.#options.maxPollRecords, POLL_TIMEOUT_MS);
      if (records.length > 0) {
        await subscription.handle(() => this.#handle(records, subscription));
        onProgress();
      }
    }
  }

  async #handle(
    records: readonly ConsumedRecord[],
    subscription: TransactionalMembership,
  ): Promise<void> {
    const { target, topic, transactions, metrics } = this.#options;
    const { outputs, rejections } = transform(records, target);
    try {
      await transactions.commit(outputs, records, subscription.member());
    } catch (error) {
      metrics.transactions.inc({ outcome: 'aborted' });
      throw error;
    }
    subscription.transacted(records);
    metrics.transactions.inc({ outcome: 'committed' });
    metrics.consumed.inc({ topic }, records.length);
    this.#transformed += records.length - rejections.length;
    this.#deadLettered += rejections.length;
    this.#report(rejections);
  }

  #report(rejections: readonly Rejection[]): void {
    for (const { record, errorClass, message } of rejections) {
      const { topic, partition, offset } = record;
      this.#options.metrics.deadLettered.inc({ error_class: errorClass });
      this.#options.log.warn(
        { topic, partition, offset: Number(offset), errorClass, reason: message },
        'record set aside',
      );
    }
  }
}
