import rdkafka, {
  type Message,
  type Metadata,
  type TopicPartition,
} from '@confluentinc/kafka-javascript';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorFields, type Log } from '../service/log.ts';
import type { GroupSettings } from '../service/settings.ts';
import { answer, ANSWER_MS, reported } from './client.ts';
import type { Cluster } from './cluster.ts';
import { GroupOffsets } from './group-offsets.ts';
import { measureLag, type OnLag } from './lag.ts';
import { MembershipHealth } from './membership-health.ts';
import { consumedRecord } from './messages.ts';
import { nativeConsumer, type NativeConsumer } from './native-consumer.ts';
import { Positions } from './positions.ts';
import type { ConsumedRecord } from './records.ts';
import type { GroupMember } from './transactions.ts';

const { ERRORS } = rdkafka.CODES;

/** After this long without a poll, the rest of the work is done with the partitions paused. */
const PATIENCE_MS = 1000;
const PAUSED_POLL_MS = 200;

/** The others of the group wait for our batch this long, at most, before they get its partitions. */
const REVOKE_MS = 10_000;
const LEAVE_MS = 5000;

type Offsets = Pick<GroupOffsets, 'next' | 'ends' | 'close'>;

export interface SubscriptionOptions {
  cluster: Cluster;
  topic: string;
  group: GroupSettings;
  /** Of no consequence here: librdkafka waits for open transactions in any case (KIP-447). */
  transactional?: boolean;
  onLag?: OnLag;
}

/** One membership in the consumer group, with what was read and what may be committed. */
export class Subscription {
  readonly #consumer: NativeConsumer;
  readonly #cluster: Cluster;
  readonly #topic: string;
  readonly #log: Log;
  readonly #onLag: OnLag | undefined;
  readonly #openOffsets: typeof groupOffsets;
  readonly #health: MembershipHealth;
  readonly #positions = new Positions();
  /** Up to where the client has read, which is beyond the last record when a marker follows it. */
  readonly #read = new Map<number, bigint>();
  /** Came while the partitions were being paused. */
  #early: ConsumedRecord[] = [];
  /** What the last poll returned, which is being handled. */
  #handed = new Set<ConsumedRecord>();
  /** Read before their partition was given up: its next owner reads them, also if it is this member. */
  readonly #givenUp = new WeakSet<ConsumedRecord>();
  #assigned: number[] | undefined;
  #handling: Promise<unknown> = Promise.resolve();
  #paused = false;
  #offsets: Offsets | undefined;
  #endLag: () => void = () => undefined;

  constructor(
    { cluster, topic, group, onLag }: SubscriptionOptions,
    create = nativeConsumer,
    openOffsets = groupOffsets,
  ) {
    this.#openOffsets = openOffsets;
    this.#cluster = cluster;
    this.#topic = topic;
    this.#onLag = onLag;
    this.#health = new MembershipHealth(topic, group);
    this.#log = cluster.log.child({ topic, groupId: group.id });
    this.#consumer = create(cluster, group, ({ code }, partitions) => {
      this.#rebalance(code, partitions);
    });
    this.#consumer.on('event.error', (error) => {
      this.#health.heard(reported(error as unknown as Error));
    });
    this.#consumer.on('partition.eof', ({ partition, offset }) => {
      this.#health.answered();
      this.#read.set(partition, BigInt(offset));
    });
  }

  /** Joins the group; throws if there are no brokers or the signal ends the waiting for them. */
  async open(signal: AbortSignal): Promise<void> {
    const connecting = answer<Metadata>((done) =>
      this.#consumer.connect({ timeout: ANSWER_MS }, done),
    );
    await Promise.race([connecting, aborted(signal)]);
    this.#cluster.reached();
    this.#offsets = this.#openOffsets(this.#consumer, this.#topic);
    this.#consumer.subscribe([this.#topic]);
    const onLag = this.#onLag;
    if (onLag) {
      this.#endLag = measureLag(
        this.#offsets,
        () => this.#assigned ?? [],
        (lag) => {
          // With nothing to read, these answers are all that tells of the end of an outage.
          if (lag.size > 0) {
            this.#health.answered();
          }
          onLag(lag);
        },
      );
    }
  }

  /** Up to `max` records, or none if none arrived in time. Rebalances happen in here. */
  async poll(max: number, timeoutMs: number): Promise<ConsumedRecord[]> {
    this.check();
    const records = await this.#consume(max, timeoutMs);
    this.check();
    const owned = [...this.#early.splice(0), ...records].filter((record) => this.owns(record));
    this.#handed = new Set(owned);
    return owned;
  }

  /**
   * A member that doesn't poll for five minutes is expelled (max.poll.interval.ms). So while the work
   * takes long, because the store is away, polls go on with all partitions paused.
   */
  async handle(work: () => Promise<void>): Promise<void> {
    const handling = work();
    const over = handling.then(
      () => true,
      () => true,
    );
    this.#handling = over;
    if (!(await Promise.race([over, sleep(PATIENCE_MS, false)]))) {
      await this.#pollPaused(over);
    }
    await handling;
  }

  /** False once a rebalance has taken the record's partition, also if it came back since. */
  owns(record: ConsumedRecord): boolean {
    return this.#assigned?.includes(record.partition) === true && !this.#givenUp.has(record);
  }

  /** The records had their effect: their offsets may be committed. */
  done(records: readonly ConsumedRecord[]): void {
    for (const record of records.filter((one) => this.owns(one))) {
      this.#positions.advance(record);
    }
    this.#forget(records);
  }

  /** A transaction has committed the offsets of these records; the client reads on behind them. */
  transacted(records: readonly ConsumedRecord[]): void {
    this.#forget(records);
  }

  /** Who reads, as a transaction has to say it. */
  member(): GroupMember {
    return { consumer: this.#consumer, owns: (record) => this.owns(record) };
  }

  /** What could not be committed is tried again with the next commit. */
  async commit(): Promise<void> {
    const offsets = this.#positions.uncommitted(this.#topic);
    if (offsets.length === 0) {
      return;
    }
    const committable = offsets.map(({ topic, partition, offset }) => ({
      topic,
      partition,
      offset: Number(offset),
    }));
    try {
      await answer<undefined>((done) => {
        this.#consumer.commitCb(committable, done);
      });
      this.#positions.committed(offsets);
    } catch (error) {
      this.#health.heard(error as Error);
      this.#log.warn(errorFields(error), 'offsets not committed, trying again');
    }
  }

  /** Throws if the membership is lost; another one has to be opened. */
  check(): void {
    this.#health.check();
  }

  problem(): string | undefined {
    return this.#health.problem(this.#assigned ?? []);
  }

  /** Per partition: the end of what can be read now. */
  async ends(): Promise<ReadonlyMap<number, bigint>> {
    while (this.#assigned === undefined) {
      this.check();
      this.#early.push(...(await this.#consume(1, PAUSED_POLL_MS)));
    }
    return (this.#offsets as Offsets).ends(this.#assigned);
  }

  /** True when everything before these offsets was read. */
  hasReached(ends: ReadonlyMap<number, bigint>): boolean {
    return (this.#assigned ?? []).every(
      (partition) => (this.#read.get(partition) ?? -1n) >= (ends.get(partition) ?? 0n),
    );
  }

  /** Leaves the group, so that the others need not wait for the session timeout. */
  async close(): Promise<void> {
    this.#endLag();
    if (this.#consumer.isConnected()) {
      this.#offsets?.close();
      const left = answer((done) => this.#consumer.disconnect(done));
      await Promise.race([left, sleep(LEAVE_MS, undefined, { ref: false })]);
    }
  }

  async #consume(max: number, timeoutMs: number): Promise<ConsumedRecord[]> {
    const messages = await this.#messages(max, timeoutMs);
    if (messages.length > 0) {
      this.#health.answered();
    }
    return messages.map(consumedRecord);
  }

  async #messages(max: number, timeoutMs: number): Promise<Message[]> {
    this.#consumer.setDefaultConsumeTimeout(timeoutMs);
    try {
      return await answer<Message[]>((done) => {
        this.#consumer.consume(max, done);
      });
    } catch (error) {
      this.#health.heard(error as Error);
      return [];
    }
  }

  #forget(records: readonly ConsumedRecord[]): void {
    for (const record of records) {
      this.#handed.delete(record);
    }
  }

  async #pollPaused(over: Promise<boolean>): Promise<void> {
    this.#paused = true;
    this.#consumer.pause(this.#partitions());
    const ended = new AbortController();
    void over.then(() => {
      ended.abort();
    });
    while (!ended.signal.aborted) {
      this.#early.push(...(await this.#consume(1, PAUSED_POLL_MS)));
    }
    this.#paused = false;
    this.#consumer.resume(this.#partitions());
  }

  #partitions(): TopicPartition[] {
    return (this.#assigned ?? []).map((partition) => ({ topic: this.#topic, partition }));
  }

  /** Partitions come and go one by one (cooperative), not all together. */
  #rebalance(code: number, partitions: TopicPartition[]): void {
    if (code === ERRORS.ERR__ASSIGN_PARTITIONS) {
      this.#consumer.incrementalAssign(partitions);
      this.#assigned = [...(this.#assigned ?? []), ...numbers(partitions)];
      this.#health.assigned();
      if (this.#paused) {
        this.#consumer.pause(partitions);
      }
      this.#log.info({ partitions: numbers(partitions) }, 'partitions assigned');
    } else {
      this.#giveUp(partitions, this.#consumer.assignmentLost()).catch((error: unknown) => {
        this.#health.fail(error as Error);
      });
    }
  }

  /** The group waits until the batch under way is done and committed. */
  async #giveUp(partitions: TopicPartition[], lost: boolean): Promise<void> {
    if (!lost) {
      await Promise.race([this.#handling, sleep(REVOKE_MS)]);
    }
    // The wait may have cost the membership.
    if (!lost && !this.#consumer.assignmentLost()) {
      await this.commit();
    }
    const gone = numbers(partitions);
    for (const record of [...this.#handed, ...this.#early]) {
      if (gone.includes(record.partition)) {
        this.#givenUp.add(record);
      }
    }
    this.#early = this.#early.filter((record) => !this.#givenUp.has(record));
    this.#assigned = this.#assigned?.filter((partition) => !gone.includes(partition)) ?? [];
    this.#positions.keepOnly(this.#assigned);
    this.#consumer.incrementalUnassign(partitions);
    this.#log.info({ partitions: gone, lost }, 'partitions given up');
  }
}

function groupOffsets(consumer: NativeConsumer, topic: string): Offsets {
  return new GroupOffsets(consumer, topic);
}

function numbers(partitions: readonly TopicPartition[]): number[] {
  return partitions.map(({ partition }) => partition);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('The service stops.'));
    });
  });
}
