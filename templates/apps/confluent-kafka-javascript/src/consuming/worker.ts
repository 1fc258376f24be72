import { setTimeout as sleep } from 'node:timers/promises';
import type { Domain } from '../domain-types.ts';
import type { DeadLetters } from '../kafka/dead-letters.ts';
import { DeliveryFailed } from '../kafka/failures.ts';
import { headerText } from '../kafka/headers.ts';
import type { ConsumedRecord } from '../kafka/records.ts';
import type { Subscription } from '../kafka/subscription.ts';
import { backoffMs } from '../service/backoff.ts';
import { errorFields, type Log } from '../service/log.ts';
import type { ConsumerMetrics } from '../service/metrics.ts';
import { processedEventsTable } from '../store/processed-events.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import type { Store } from '../store/store.ts';
import { applyBatch, type Rejection } from './apply-batch.ts';
import { keepConsuming } from './group-loop.ts';

export type GroupMembership = Pick<
  Subscription,
  'open' | 'poll' | 'handle' | 'owns' | 'done' | 'commit' | 'check' | 'problem' | 'close'
>;

export interface WorkerOptions {
  domain: Domain;
  topic: string;
  maxPollRecords: number;
  commitIntervalMs: number;
  openStore: () => Promise<Store>;
  subscribe: () => GroupMembership;
  deadLetters: Pick<DeadLetters, 'send'>;
  metrics: ConsumerMetrics;
  log: Log;
}

const POLL_TIMEOUT_MS = 200;

/** Reads, applies, commits; and starts over with a new group membership when one is lost. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #stop = new AbortController();
  #store: Store | undefined;
  #subscription: GroupMembership | undefined;
  #running: Promise<void> | undefined;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Rejects only when Kafka refused for good, or with a bug. */
  start(): Promise<void> {
    return (this.#running ??= this.#run());
  }

  /** Finishes the batch under way, commits and leaves the group. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.#store?.close();
  }

  problem(): string | undefined {
    return this.#subscription ? this.#subscription.problem() : 'starting';
  }

  /** Undefined until the store was reached for the first time. */
  get store(): Store | undefined {
    return this.#store;
  }

  async #run(): Promise<void> {
    await this.#whenAvailable(async () => {
      const store = await this.#options.openStore();
      await store.createTables([processedEventsTable, ...this.#options.domain.tables]);
      this.#store = store;
    });
    await keepConsuming({
      subscribe: () => (this.#subscription = this.#options.subscribe()),
      consume: (subscription, onProgress) => this.#consume(subscription, onProgress),
      signal: this.#stop.signal,
      log: this.#options.log,
    });
  }

  async #consume(subscription: GroupMembership, onProgress: () => void): Promise<void> {
    const { maxPollRecords, commitIntervalMs } = this.#options;
    let committedAt = Date.now();
    while (!this.#stop.signal.aborted) {
      const records = await subscription.poll(maxPollRecords, POLL_TIMEOUT_MS);
      if (records.length > 0) {
        await subscription.handle(() => this.#handle(records, subscription));
        onProgress();
      }
      if (Date.now() - committedAt >= commitIntervalMs) {
        await subscription.commit();
        committedAt = Date.now();
      }
    }
    await subscription.commit();
  }

  /** The order is what makes an effect happen once: store, dead letters, and only then the offset. */
  async #handle(records: readonly ConsumedRecord[], subscription: GroupMembership): Promise<void> {
    const { metrics, topic } = this.#options;
    const stopTimer = metrics.processing.startTimer();
    let owned = records;
    let attempts = 0;
    const outcome = await this.#whenAvailable(() => {
      subscription.check();
      // While the store was away, a rebalance may have taken partitions.
      owned = records.filter((record) => subscription.owns(record));
      attempts += 1;
      metrics.retried.inc(attempts > 1 ? owned.length : 0);
      return applyBatch(owned, this.#store as Store, this.#options.domain);
    });
    if (
      outcome === undefined ||
      !(await this.#setAside(outcome.rejections, attempts, subscription))
    ) {
      return;
    }
    subscription.done(owned);
    metrics.consumed.inc({ topic }, owned.length);
    metrics.duplicate.inc(outcome.duplicates);
    for (const eventType of outcome.applied) {
      metrics.applied.inc({ event_type: eventType });
    }
    stopTimer();
  }

  /** False if the service stopped before the last of them was acknowledged. */
  async #setAside(
    rejections: readonly Rejection[],
    attempts: number,
    subscription: GroupMembership,
  ): Promise<boolean> {
    const { deadLetters, metrics, log } = this.#options;
    const letters = new Set(rejections.map((rejection) => ({ ...rejection, attempts })));
    const written = await this.#whenAvailable(async () => {
      subscription.check();
      await deadLetters.send(letters);
      return true;
    });
    if (written === undefined) {
      return false;
    }
    for (const { record, errorClass, message } of rejections) {
      const { topic, partition, offset } = record;
      const correlationId = headerText(record.headers, 'correlation-id');
      log.warn(
        { correlationId, topic, partition, offset: Number(offset), errorClass, reason: message },
        'record set aside',
      );
      metrics.deadLettered.inc({ error_class: errorClass });
    }
    return true;
  }

  /**
   * Tries until what it needs is there. Not asking for records is the pause: the subscription fetches
   * no more, and stays in its group. Undefined if the service stopped first.
   */
  async #whenAvailable<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    const { metrics, log } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await work();
        metrics.paused.set(0);
        return result;
      } catch (error) {
        const away = whatIsAway(error);
        if (away === undefined) {
          throw error;
        }
        metrics.paused.set(1);
        log.warn({ ...errorFields(error), attempt }, `${away} is not available, paused`);
      }
      await this.#sleep(backoffMs(attempt));
      if (this.#stop.signal.aborted) {
        return undefined;
      }
    }
  }

  async #sleep(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}

function whatIsAway(error: unknown): string | undefined {
  if (error instanceof StoreUnavailable) {
    return 'the store';
  }
  return error instanceof DeliveryFailed ? 'the dead letter topic' : undefined;
}
