import { setTimeout as sleep } from 'node:timers/promises';
import { errorFields, type Log } from '../service/log.ts';
import type { Cluster } from './cluster.ts';
import { credentialRefusal, isUnknownTopic, rightsRefusal } from './errors.ts';
import { DeliveryFailed } from './failures.ts';
import { topicMetadata, type TopicMetadata } from './topic-metadata.ts';

const INTERVAL_MS = 2000;
const STALE_MS = 10_000;

/** What sending needs to know about its topic, and whether brokers answer at all. */
export interface Topic {
  /** Waits until it is known, rejects when the topic doesn't exist. */
  partitionCount(): Promise<number>;
  /** Why nothing can be sent at the moment. */
  problem(): string | undefined;
  close(): Promise<void>;
}

/** Asks the brokers for the topic's metadata every two seconds. */
export class TopicWatch implements Topic {
  readonly #metadata: TopicMetadata;
  readonly #cluster: Cluster;
  readonly #topic: string;
  readonly #log: Log;
  readonly #stop = new AbortController();
  #partitions: number | undefined;
  #problem: string | undefined = 'not connected to Kafka yet';
  #answeredAt = 0;
  #answered = Promise.withResolvers<undefined>();

  constructor(cluster: Cluster, topic: string, metadata = topicMetadata(cluster)) {
    this.#metadata = metadata;
    this.#cluster = cluster;
    this.#topic = topic;
    this.#log = cluster.log.child({ topic });
  }

  async partitionCount(): Promise<number> {
    while (this.#partitions === undefined) {
      await this.#answered.promise;
    }
    if (this.#partitions === 0) {
      throw new DeliveryFailed('unknown_topic', `The topic ${this.#topic} does not exist.`);
    }
    return this.#partitions;
  }

  problem(): string | undefined {
    // A broker that accepts connections and then hangs answers nothing, not even with an error.
    const stale = this.#answeredAt > 0 && Date.now() - this.#answeredAt > STALE_MS;
    return this.#problem ?? (stale ? 'Kafka does not answer' : undefined);
  }

  async run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#ask();
      await sleep(INTERVAL_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#metadata.close();
  }

  async #ask(): Promise<void> {
    try {
      this.#found(await this.#metadata.partitionsOf(this.#topic));
    } catch (error) {
      this.#failed(error);
    }
  }

  #found(partitions: number): void {
    if (this.#problem !== undefined) {
      this.#log.info({ partitions }, 'connected to Kafka');
    }
    this.#cluster.reached();
    this.#partitions = partitions;
    this.#problem = undefined;
    this.#wakeWaiters();
  }

  #failed(error: unknown): void {
    if (this.#stop.signal.aborted) {
      return;
    }
    const refusal = credentialRefusal(error);
    if (refusal) {
      this.#cluster.refused(refusal);
    }
    // Rights that are missing at the start are a mistake in the set-up; rights that go away later
    // are an answer to the caller, 403, and may come back.
    const missing = this.#partitions ? undefined : rightsRefusal(error, { topic: this.#topic });
    if (missing) {
      this.#cluster.fail(missing);
      return;
    }
    const unknown = isUnknownTopic(error);
    const problem = unknown ? `topic ${this.#topic} does not exist` : 'no broker can be reached';
    if (this.#problem !== problem) {
      this.#log.warn(errorFields(error), problem);
    }
    this.#problem = problem;
    if (unknown) {
      this.#partitions = 0;
      this.#wakeWaiters();
    }
  }

  #wakeWaiters(): void {
    this.#answeredAt = Date.now();
    this.#answered.resolve(undefined);
    this.#answered = Promise.withResolvers();
  }
}
