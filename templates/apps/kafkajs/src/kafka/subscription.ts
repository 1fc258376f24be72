import type { Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorFields, type Log } from '../service/log.ts';
import type { GroupSettings } from '../service/settings.ts';
import { kafkaClient } from './client.ts';
import type { Cluster } from './cluster.ts';
import { CONCURRENT_PARTITIONS, consumerOptions, HEARTBEAT_MS } from './consumer-options.ts';
import { credentialRefusal, isUnknownTopic, rightsRefusal } from './errors.ts';
import { GroupOffsets } from './group-offsets.ts';
import { HiddenErrors } from './hidden-errors.ts';
import { Inbox } from './inbox.ts';
import { measureLag, type OnLag } from './lag.ts';
import { consumedRecord } from './messages.ts';
import { Positions } from './positions.ts';
import type { ConsumedRecord } from './records.ts';
import type { GroupMember } from './transactions.ts';
import './compression.ts';

export interface SubscriptionOptions {
  cluster: Cluster;
  topic: string;
  group: GroupSettings;
  /** Of no consequence here: see untilVisible in transactions.ts. */
  transactional?: boolean;
  onLag?: OnLag;
}

/** One membership in the consumer group, with what was read and what may be committed. */
export class Subscription {
  readonly #consumer: Consumer;
  readonly #cluster: Cluster;
  readonly #topic: string;
  readonly #group: GroupSettings;
  readonly #log: Log;
  readonly #hidden = new HiddenErrors();
  readonly #inbox = new Inbox();
  readonly #positions = new Positions();
  readonly #offsets: GroupOffsets;
  readonly #endLag: () => void;
  /** Up to where the client has read, which is beyond the last record when a marker follows it. */
  readonly #read = new Map<number, bigint>();
  /** Up to where the client has read without a way back, other than the committed offset. */
  readonly #resolved = new Map<number, bigint>();
  #assigned: readonly number[] | undefined;
  #askedAt = 0;
  #heardAt = 0;
  #interruption: Error | undefined;
  #failure: Error | undefined;
  #topicMissing = false;
  #closing = false;

  constructor({ cluster, topic, group, onLag }: SubscriptionOptions) {
    this.#cluster = cluster;
    this.#topic = topic;
    this.#group = group;
    this.#log = cluster.log.child({ topic, groupId: group.id });
    this.#consumer = kafkaClient(cluster, this.#hidden).consumer(consumerOptions(group));
    this.#offsets = new GroupOffsets(cluster, topic, group.id);
    this.#listen();
    const assigned = () => this.#assigned ?? [];
    this.#endLag = onLag ? measureLag(this.#offsets, assigned, onLag) : () => undefined;
  }

  /** Joins the group; throws if there are no brokers or the signal ends the waiting for them. */
  async open(signal: AbortSignal): Promise<void> {
    const abort = () => void this.close();
    signal.addEventListener('abort', abort);
    try {
      await this.#consumer.connect();
      this.#cluster.reached();
      await this.#consumer.subscribe({ topics: [this.#topic], fromBeginning: true });
      await this.#consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: CONCURRENT_PARTITIONS,
        eachBatch: (payload) => this.#receive(payload),
      });
      this.check();
    } catch (error) {
      throw this.#meaningOf(error);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Up to `max` records, or none if none arrived in time. */
  async poll(max: number, timeoutMs: number): Promise<ConsumedRecord[]> {
    this.check();
    const records = this.#take(max);
    if (records.length > 0) {
      return records;
    }
    await Promise.race([this.#inbox.arrival(), sleep(timeoutMs)]);
    this.check();
    return this.#take(max);
  }

  /** The client waits for a batch before it joins again, so a rebalance waits for the handling. */
  async handle(work: () => Promise<void>): Promise<void> {
    await work();
  }

  /** False once a rebalance has given the record's partition to another member. */
  owns({ partition }: ConsumedRecord): boolean {
    return this.#assigned?.includes(partition) ?? false;
  }

  /** The records had their effect: their offsets may be committed. */
  done(records: readonly ConsumedRecord[]): void {
    for (const record of records) {
      this.#positions.advance(record);
    }
  }

  /** A transaction has committed the offsets of these records. */
  transacted(records: readonly ConsumedRecord[]): void {
    for (const { partition, offset } of records) {
      this.#positions.startAt(partition, offset + 1n);
    }
  }

  /** Who reads, as a transaction has to say it. */
  member(): GroupMember {
    return { groupId: this.#group.id, heardAt: () => this.#heardAt, offsets: this.#offsets };
  }

  async commit(): Promise<void> {
    const offsets = this.#positions.uncommitted(this.#topic);
    if (offsets.length > 0) {
      await this.#consumer.commitOffsets(
        offsets.map(({ topic, partition, offset }) => ({ topic, partition, offset: `${offset}` })),
      );
      this.#positions.committed(offsets);
    }
  }

  /** Throws if the membership is lost; another one has to be opened. */
  check(): void {
    if (this.#failure) {
      throw this.#meaningOf(this.#failure);
    }
  }

  problem(): string | undefined {
    if (this.#topicMissing) {
      return `topic ${this.#topic} does not exist`;
    }
    if (this.#failure || this.#assigned === undefined) {
      return 'no partitions assigned yet';
    }
    return Date.now() - this.#heardAt > 4 * HEARTBEAT_MS ? 'no broker can be reached' : undefined;
  }

  /** Per partition: the end of what can be read now. */
  async ends(): Promise<ReadonlyMap<number, bigint>> {
    for (const [partition, offset] of await this.#offsets.next()) {
      this.#read.set(partition, this.#read.get(partition) ?? offset);
    }
    return this.#offsets.ends();
  }

  /** True when everything before these offsets was read. */
  hasReached(ends: ReadonlyMap<number, bigint>): boolean {
    return (this.#assigned ?? []).every(
      (partition) => (this.#read.get(partition) ?? -1n) >= (ends.get(partition) ?? 0n),
    );
  }

  /** Leaves the group, so that the others need not wait for the session timeout. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#endLag();
    this.#inbox.drop();
    this.#inbox.settleTaken();
    await this.#consumer.disconnect();
    await this.#offsets.close();
  }

  #listen(): void {
    const { REQUEST, GROUP_JOIN, HEARTBEAT, REBALANCING, END_BATCH_PROCESS, CRASH } =
      this.#consumer.events;
    // The session begins anew when the coordinator gets the request: not before it was sent.
    this.#consumer.on(REQUEST, ({ payload: { apiName, sentAt } }) => {
      if (apiName === 'Heartbeat' || apiName === 'SyncGroup') {
        this.#askedAt = sentAt;
      }
    });
    this.#consumer.on(GROUP_JOIN, ({ payload }) => {
      this.#joined(payload.memberAssignment[this.#topic] ?? []);
    });
    this.#consumer.on(HEARTBEAT, () => {
      this.#heardAt = this.#askedAt;
    });
    // All batches have ended by now, and JoinGroup has still to find the coordinator: the last
    // moment at which the offsets can be committed by this generation.
    this.#consumer.on(REBALANCING, () => {
      this.commit().catch((error: unknown) => {
        this.#log.warn(errorFields(error), 'offsets not committed before the rebalance');
      });
    });
    this.#consumer.on(END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
      this.#read.set(partition, BigInt(lastOffset) + 1n);
    });
    this.#consumer.on(CRASH, ({ payload }) => {
      this.#fail(payload.error);
    });
  }

  /**
   * Holds the client's batch until the worker is through with it, and keeps the membership alive
   * meanwhile. When the group rebalances, what the worker has not taken yet is given up.
   */
  async #receive(payload: EachBatchPayload): Promise<void> {
    if (this.#closing) {
      return;
    }
    const { topic, partition, messages } = payload.batch;
    this.#noticeRestart(partition, messages[0]);
    let lost: Error | undefined;
    const timer = setInterval(() => {
      payload.heartbeat().catch((error: unknown) => {
        lost = error as Error;
        this.#interruption = lost;
        this.#inbox.drop();
      });
    }, HEARTBEAT_MS / 2);
    const outcome = await this.#inbox.deliver(
      messages.map((message) => consumedRecord(topic, partition, message)),
    );
    clearInterval(timer);
    const last = messages.at(-1);
    if (last && outcome === 'handled') {
      payload.resolveOffset(last.offset);
      this.#resolved.set(partition, BigInt(last.offset) + 1n);
    }
    const failure = outcome === 'handled' ? lost : this.#interruption;
    if (failure) {
      throw failure;
    }
  }

  /** The client tells nobody that its offset was out of range; it is seen by going back. */
  #noticeRestart(partition: number, first: KafkaMessage | undefined): void {
    if (first && BigInt(first.offset) < (this.#resolved.get(partition) ?? 0n)) {
      this.#positions.restart(partition);
      this.#resolved.delete(partition);
    }
  }

  #take(max: number): ConsumedRecord[] {
    // A batch that was given up halfway comes again as a whole.
    return this.#inbox
      .take(max)
      .filter((record) => this.owns(record) && !this.#positions.isBefore(record));
  }

  #joined(partitions: readonly number[]): void {
    this.#assigned = partitions;
    this.#heardAt = this.#askedAt;
    this.#topicMissing = false;
    // The client starts again at the committed offsets.
    this.#positions.keepOnly([]);
    this.#resolved.clear();
    this.#log.info({ partitions }, 'partitions assigned');
  }

  /** What it means for the service: refused for good, or something that may pass. */
  #meaningOf(error: unknown): Error {
    const refusal = credentialRefusal(error);
    if (refusal) {
      this.#cluster.refused(refusal);
    }
    this.#topicMissing = isUnknownTopic(error);
    const names = { topic: this.#topic, groupId: this.#group.id };
    return rightsRefusal(this.#hidden.behind(error), names) ?? (error as Error);
  }

  #fail(error: Error): void {
    if (!this.#closing) {
      this.#failure ??= error;
      this.#inbox.wake();
    }
  }
}
