import { Consumer, type Message, type MessagesStream } from '@platformatic/kafka';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorFields, type Log } from '../service/log.ts';
import type { KafkaSettings } from '../service/settings.ts';
import { clientOptions, type OnRefused } from './client.ts';
import { consumedRecord, type ConsumedRecord } from './consumed-record.ts';
import { groupOptions, HEARTBEAT_MS, streamOptions } from './consumer-options.ts';
import { Positions, type CommittableOffset } from './positions.ts';

export interface SubscriptionOptions {
  kafka: KafkaSettings;
  groupId: string;
  onRefused: OnRefused;
  onLag: (lag: ReadonlyMap<number, number>) => void;
  log: Log;
}

const LAG_INTERVAL_MS = 5000;

/**
 * How long a rebalance waits for the batch being handled. Without heartbeats in the meantime, it
 * must stay well below the session timeout.
 */
const BATCH_GRACE_MS = 10_000;

/** One membership in the consumer group, with what was read and what may be committed. */
export class Subscription {
  readonly #consumer: Consumer;
  readonly #topic: string;
  readonly #log: Log;
  readonly #positions = new Positions();
  readonly #lagTimer: NodeJS.Timeout;
  #stream: MessagesStream<Buffer, Buffer, Buffer, Buffer> | undefined;
  #rebalancing = false;
  #settling = false;
  #joinedAt = 0;
  #busy: Promise<unknown> = Promise.resolve();
  #failure: Error | undefined;
  #arrival = Promise.withResolvers<undefined>();
  #closing = false;

  constructor({ kafka, groupId, onRefused, onLag, log }: SubscriptionOptions) {
    this.#topic = kafka.topic;
    this.#log = log.child({ topic: kafka.topic, groupId });
    this.#consumer = new Consumer({
      ...clientOptions(kafka, onRefused),
      ...groupOptions,
      groupId,
      protocolsMetadata: () => this.#beforeJoin(),
    });
    this.#consumer.on('consumer:group:join', () => {
      this.#joined();
    });
    this.#consumer.on('error', (error) => {
      this.#fail(error);
    });
    // The client's own lag monitor stops for good when a broker goes away while it asks.
    this.#lagTimer = setInterval(() => {
      this.#measureLag().then(onLag, () => undefined);
    }, LAG_INTERVAL_MS);
  }

  /** Joins the group; waits for brokers if there are none yet, until the signal ends that. */
  async open(signal: AbortSignal): Promise<void> {
    const abort = () => void this.close();
    signal.addEventListener('abort', abort);
    try {
      const stream = await this.#consumer.consume({ topics: [this.#topic], ...streamOptions });
      this.#stream = stream;
      stream.on('readable', () => {
        this.#wake();
      });
      stream.on('error', (error) => {
        this.#fail(error);
      });
      stream.on('close', () => {
        this.#fail(new Error('The stream of records ended.'));
      });
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Up to `max` records, or none if none arrived in time. */
  async poll(max: number, timeoutMs: number): Promise<ConsumedRecord[]> {
    const records = this.#read(max);
    if (records.length > 0) {
      return records;
    }
    this.#arrival = Promise.withResolvers();
    await Promise.race([this.#arrival.promise, sleep(timeoutMs)]);
    return this.#read(max);
  }

  /** Runs the handling of a batch; a rebalance waits for it. */
  async handle(work: () => Promise<void>): Promise<void> {
    const running = work();
    this.#busy = running.catch(() => undefined);
    await running;
  }

  /** False once a rebalance has given the record's partition to another member. */
  owns({ partition }: ConsumedRecord): boolean {
    return this.#assigned().includes(partition);
  }

  /** The records had their effect: their offsets may be committed. */
  done(records: readonly ConsumedRecord[]): void {
    for (const record of records) {
      this.#positions.advance(record);
    }
  }

  async commit(): Promise<void> {
    // During a rebalance, a commit would wait behind JoinGroup on the same connection.
    if (!this.#rebalancing) {
      const assigned = this.#assigned();
      const offsets = this.#positions.uncommitted(this.#topic);
      await this.#commit(offsets.filter(({ partition }) => assigned.includes(partition)));
    }
  }

  /** Throws if the membership is lost; another one has to be opened. */
  check(): void {
    if (this.#failure) {
      throw this.#failure;
    }
  }

  problem(): string | undefined {
    if (this.#failure || this.#stream === undefined || this.#consumer.assignments === null) {
      return 'no partitions assigned yet';
    }
    const heard = Math.max(this.#joinedAt, this.#consumer.lastHeartbeat?.getTime() ?? 0);
    const silent = !this.#rebalancing && Date.now() - heard > 4 * HEARTBEAT_MS;
    return silent || !this.#consumer.isConnected() ? 'no broker can be reached' : undefined;
  }

  /** Leaves the group, so that the others need not wait for the session timeout. */
  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#lagTimer);
    await this.#stream?.close();
    await this.#consumer.close(true);
  }

  #read(max: number): ConsumedRecord[] {
    this.check();
    const records: ConsumedRecord[] = [];
    while (!this.#settling && records.length < max) {
      const message = this.#stream?.read() as Message | null | undefined;
      if (!message) {
        break;
      }
      const record = consumedRecord(message);
      // After a rebalance the client may still hold records of partitions that are gone, and
      // starts again at the committed offset for those that stayed.
      if (this.owns(record) && !this.#positions.isBefore(record)) {
        records.push(record);
      }
    }
    return records;
  }

  /**
   * The client asks for the assignor's user data before every JoinGroup, which is the moment of the
   * Java consumer's onPartitionsRevoked: the batch is finished and its offsets are committed before
   * partitions can go to another member. A cooperative rebalance that takes partitions joins twice;
   * they have no other owner until the second time, so what was done in between can be committed.
   */
  async #beforeJoin(): Promise<Buffer> {
    if (!this.#settling) {
      this.#settling = true;
      await Promise.race([this.#busy, sleep(BATCH_GRACE_MS)]);
      if (!this.#rebalancing || this.#consumer.memberId === null) {
        // A member that was expelled has no partitions left to commit.
        this.#positions.keepOnly(this.#assigned());
      }
      this.#rebalancing = true;
      await this.#commit(this.#positions.uncommitted(this.#topic)).catch((error: unknown) => {
        this.#log.warn(errorFields(error), 'offsets not committed before the rebalance');
      });
      this.#settling = false;
    }
    // Version 3 of the protocol carries the generation in its own field; this one says "none".
    const noGeneration = Buffer.alloc(4);
    noGeneration.writeInt32BE(-1);
    return noGeneration;
  }

  async #commit(offsets: CommittableOffset[]): Promise<void> {
    if (offsets.length > 0) {
      await this.#consumer.commit({ offsets });
      this.#positions.committed(offsets);
    }
  }

  #joined(): void {
    const partitions = this.#assigned();
    this.#positions.keepOnly(partitions);
    // The client remembers where it stopped reading a partition that it lost. Should the partition
    // come back, what counts is the committed offset, or the earliest if there is none.
    for (const key of this.#stream?.offsetsToFetch.keys() ?? []) {
      if (!partitions.includes(Number(key.slice(key.lastIndexOf(':') + 1)))) {
        this.#stream?.offsetsToFetch.delete(key);
      }
    }
    this.#joinedAt = Date.now();
    this.#rebalancing = false;
    this.#log.info({ partitions }, 'partitions assigned');
    this.#wake();
  }

  #assigned(): number[] {
    return this.#consumer.assignments?.find(({ topic }) => topic === this.#topic)?.partitions ?? [];
  }

  async #measureLag(): Promise<ReadonlyMap<number, number>> {
    if (this.#rebalancing || !this.#consumer.isConnected()) {
      throw new Error('The lag is not known at the moment.');
    }
    const lags = (await this.#consumer.getLag({ topics: [this.#topic] })).get(this.#topic) ?? [];
    return new Map(
      this.#assigned().map((partition) => [partition, Math.max(0, Number(lags[partition] ?? 0n))]),
    );
  }

  #fail(error: Error): void {
    if (!this.#closing) {
      this.#failure ??= error;
      this.#wake();
    }
  }

  #wake(): void {
    this.#arrival.resolve(undefined);
  }
}
