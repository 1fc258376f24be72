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
import { hasCode, isUnknownTopic, rightsRefusal } from './errors.ts';
import { KafkaRefused } from './failures.ts';
import { GroupOffsets } from './group-offsets.ts';
import { measureLag, type OnLag } from './lag.ts';
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
  readonly #group: GroupSettings;
  readonly #log: Log;
  readonly #onLag: OnLag | undefined;
  readonly #positions = new Positions();
  /** Up to where the client has read, which is beyond the last record when a marker follows it. */
  readonly #read = new Map<number, bigint>();
  /** Came while the partitions were being paused. */
  #early: ConsumedRecord[] = [];
  #assigned: number[] | undefined;
  #handling: Promise<unknown> = Promise.resolve();
  #paused = false;
  #offsets: GroupOffsets | undefined;
  #endLag: () => void = () => undefined;
  #failure: Error | undefined;
  #topicMissing = false;
  #away = false;

  constructor({ cluster, topic, group, onLag }: SubscriptionOptions, create = nativeConsumer) {
    this.#cluster = cluster;
    this.#topic = topic;
    this.#group = group;
    this.#onLag = onLag;
    this.#log = cluster.log.child({ topic, groupId: group.id });
    this.#consumer = create(cluster, group, ({ code }, partitions) => {
      this.#rebalance(code, partitions);
    });
    this.#consumer.on('event.error', (error) => {
      this.#heard(reported(error as unknown as Error));
    });
    this.#consumer.on('partition.eof', ({ partition, offset }) => {
      this.#away = false;
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
    this.#offsets = new GroupOffsets(this.#consumer, this.#topic);
    this.#consumer.subscribe([this.#topic]);
    if (this.#onLag) {
      this.#endLag = measureLag(this.#offsets, () => this.#assigned ?? [], this.#onLag);
    }
  }

  /** Up to `max` records, or none if none arrived in time. Rebalances happen in here. */
  async poll(max: number, timeoutMs: number): Promise<ConsumedRecord[]> {
    this.check();
    const records = await this.#consume(max, timeoutMs);
    this.check();
    return [...this.#early.splice(0), ...records].filter(
      (record) => this.owns(record) && !this.#positions.isBefore(record),
    );
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

  /** False once a rebalance has given the record's partition to another member. */
  owns({ partition }: ConsumedRecord): boolean {
    return this.#assigned?.includes(partition) ?? false;
  }

  /** The records had their effect: their offsets may be committed. */
  done(records: readonly ConsumedRecord[]): void {
    for (const record of records.filter((one) => this.owns(one))) {
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
    return this.#consumer;
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
      this.#heard(error as Error);
      this.#log.warn(errorFields(error), 'offsets not committed, trying again');
    }
  }

  /** Throws if the membership is lost; another one has to be opened. */
  check(): void {
    if (this.#failure) {
      throw this.#failure;
    }
  }

  problem(): string | undefined {
    if (this.#topicMissing) {
      return `topic ${this.#topic} does not exist`;
    }
    if (this.#failure || !this.#assigned?.length) {
      return 'no partitions assigned yet';
    }
    return this.#away ? 'no broker can be reached' : undefined;
  }

  /** Per partition: the end of what can be read now. */
  async ends(): Promise<ReadonlyMap<number, bigint>> {
    while (this.#assigned === undefined) {
      this.check();
      this.#early.push(...(await this.#consume(1, PAUSED_POLL_MS)));
    }
    return (this.#offsets as GroupOffsets).ends(this.#assigned);
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
    this.#consumer.setDefaultConsumeTimeout(timeoutMs);
    try {
      const messages = await answer<Message[]>((done) => {
        this.#consumer.consume(max, done);
      });
      this.#away &&= messages.length === 0;
      return messages.map(consumedRecord);
    } catch (error) {
      this.#heard(error as Error);
      return [];
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
      this.#topicMissing = false;
      if (this.#paused) {
        this.#consumer.pause(partitions);
      }
      this.#log.info({ partitions: numbers(partitions) }, 'partitions assigned');
    } else {
      this.#giveUp(partitions, this.#consumer.assignmentLost()).catch((error: unknown) => {
        this.#fail(error as Error);
      });
    }
  }

  /** The group waits until the batch under way is done and committed. */
  async #giveUp(partitions: TopicPartition[], lost: boolean): Promise<void> {
    if (!lost) {
      await Promise.race([this.#handling, sleep(REVOKE_MS)]);
      await this.commit();
    }
    const gone = numbers(partitions);
    this.#assigned = this.#assigned?.filter((partition) => !gone.includes(partition)) ?? [];
    this.#positions.keepOnly(this.#assigned);
    this.#consumer.incrementalUnassign(partitions);
    this.#log.info({ partitions: gone, lost }, 'partitions given up');
  }

  /** What it means for the service: refused for good, or something that may pass. */
  #heard(error: Error): void {
    const refusal = rightsRefusal(error, { topic: this.#topic, groupId: this.#group.id });
    if (refusal) {
      this.#fail(refusal);
    } else if (hasCode(error, [ERRORS.ERR__FATAL, ERRORS.ERR_FENCED_INSTANCE_ID])) {
      this.#fail(this.#meaningOfFatal(error));
    } else if (isUnknownTopic(error)) {
      this.#topicMissing = true;
    } else {
      this.#away ||= hasCode(error, [ERRORS.ERR__ALL_BROKERS_DOWN]);
    }
  }

  #meaningOfFatal(error: Error): Error {
    const { instanceId } = this.#group;
    return instanceId !== undefined && /fenced/i.test(error.message)
      ? new KafkaRefused(`Fenced: another member took over the group instance id ${instanceId}`, {
          cause: error,
        })
      : error;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
  }
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
