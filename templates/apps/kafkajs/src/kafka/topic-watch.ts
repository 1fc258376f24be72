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
  /** Waits until it is known, rejects when there is no such topic, or no right to it. */
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
  /** What whoever wants to send is told meanwhile. */
  #failure: DeliveryFailed | undefined;
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
    for (;;) {
      if (this.#failure) {
        throw this.#failure;
      }
      if (this.#partitions !== undefined) {
        return this.#partitions;
      }
      await this.#answered.promise;
    }
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
    this.#failure = undefined;
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
    // Somebody may still create the topic or grant the right: the caller is told, and it goes on.
    this.#failure = this.#undeliverable(error);
    const problem = this.#failure?.message ?? 'no broker can be reached';
    if (this.#problem !== problem) {
      this.#log.warn(errorFields(error), problem);
    }
    this.#problem = problem;
    if (this.#failure) {
      // It takes a broker to say so.
      this.#cluster.reached();
      this.#wakeWaiters();
    }
  }

  #undeliverable(error: unknown): DeliveryFailed | undefined {
    if (isUnknownTopic(error)) {
      return new DeliveryFailed('unknown_topic', `The topic ${this.#topic} does not exist.`);
    }
    const missing = rightsRefusal(error, { topic: this.#topic });
    return missing && new DeliveryFailed('unauthorised', `${missing.message}.`);
  }

  #wakeWaiters(): void {
    this.#answeredAt = Date.now();
    this.#answered.resolve(undefined);
    this.#answered = Promise.withResolvers();
  }
}
