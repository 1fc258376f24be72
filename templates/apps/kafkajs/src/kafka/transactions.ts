import type { Producer, Transaction } from 'kafkajs';
import { setTimeout as sleep } from 'node:timers/promises';
import { kafkaClient } from './client.ts';
import type { Cluster } from './cluster.ts';
import { compression } from './compression.ts';
import { SESSION_TIMEOUT_MS } from './consumer-options.ts';
import { credentialRefusal, fencing, rightsRefusal } from './errors.ts';
import { KafkaRefused } from './failures.ts';
import type { GroupOffsets } from './group-offsets.ts';
import { HiddenErrors } from './hidden-errors.ts';
import { keyedMessage } from './messages.ts';
import { everyRecordHasItsPartition } from './partitioner.ts';
import type { AddressedRecord, ConsumedRecord } from './records.ts';
import { topicMetadata, type TopicMetadata } from './topic-metadata.ts';
import { writeBatches } from './write-batches.ts';

/**
 * The client's transactions don't carry the group's generation (KIP-447), so nothing refuses the
 * offsets of a member that was expelled: a transaction has to be over before its partitions go on.
 * The coordinator ends it after this time, or at its next look.
 */
const TRANSACTION_TIMEOUT_MS = 15_000;
const COORDINATOR_LOOKS_EVERY_MS = 10_000;

/** A commit that is sent later than this after a heartbeat could come after the session has ended. */
export const HEARD_WITHIN_MS =
  SESSION_TIMEOUT_MS - TRANSACTION_TIMEOUT_MS - COORDINATOR_LOOKS_EVERY_MS;

/** Of the single requests: what is left then has to be enough for those that are in a commit. */
const REQUEST_TIMEOUT_MS = 5000;
const ACKNOWLEDGE_MS = 4000;

const SETTLE_MS = 30_000;
const SETTLE_RETRY_MS = 500;
const VISIBLE_MS = 10_000;
const VISIBLE_RETRY_MS = 10;

/** Who reads, as a transaction has to know it. */
export interface GroupMember {
  groupId: string;
  /** When the last heartbeat was sent that the coordinator answered. */
  heardAt: () => number;
  offsets: Pick<GroupOffsets, 'committed'>;
}

/** A producer with a transactional id, which one instance can use at a time. */
export class Transactions {
  readonly #cluster: Cluster;
  readonly #transactionalId: string;
  readonly #createProducer: typeof transactionalProducer;
  readonly #metadata: TopicMetadata;
  readonly #hidden = new HiddenErrors();
  #producer: Producer | undefined;
  #current: Transaction | undefined;
  #begunAt = 0;
  #partitions = new Map<string, Promise<number>>();

  constructor(
    cluster: Cluster,
    transactionalId: string,
    createProducer = transactionalProducer,
    metadata = topicMetadata(cluster),
  ) {
    this.#cluster = cluster;
    this.#transactionalId = transactionalId;
    this.#createProducer = createProducer;
    this.#metadata = metadata;
  }

  /**
   * Ends what a predecessor, or this one before a failure, left open. To be done before the group's
   * offsets are read. The signal ends the waiting for brokers.
   */
  async open(signal: AbortSignal): Promise<void> {
    const abort = () => void this.close();
    signal.addEventListener('abort', abort);
    try {
      await this.#open();
    } catch (error) {
      throw this.#meaningOf(error);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Writes everything and moves the group's offsets past the records, or does neither. */
  async commit(
    outputs: readonly AddressedRecord[],
    read: readonly ConsumedRecord[],
    member: GroupMember,
  ): Promise<void> {
    this.#begunAt = Date.now();
    try {
      await this.#commit(outputs, read, member);
    } catch (error) {
      const meaning = this.#meaningOf(error);
      if (!(meaning instanceof KafkaRefused)) {
        await this.#settle();
      }
      throw meaning;
    }
  }

  async close(): Promise<void> {
    await this.#producer?.disconnect();
    await this.#metadata.close();
  }

  async #open(): Promise<void> {
    await this.#leavePrevious();
    this.#partitions.clear();
    const producer = this.#createProducer(this.#cluster, this.#hidden, this.#transactionalId);
    this.#producer = producer;
    await producer.connect();
    this.#cluster.reached();
    // InitProducerId ends what is open, and waits until that is done.
    this.#current = await producer.transaction();
  }

  /** It is not needed any more, also if it can't say goodbye: after a failure the client is stuck in it. */
  async #leavePrevious(): Promise<void> {
    const [transaction, producer] = [this.#current, this.#producer];
    this.#current = undefined;
    this.#producer = undefined;
    // InitProducerId of this client would fence whoever fenced us: that is only told here.
    const failure = await failureOf(transaction?.abort());
    await failureOf(producer?.disconnect());
    const refusal = this.#fencing(failure);
    if (refusal) {
      throw refusal;
    }
  }

  /**
   * A failed commit may still come through, and who leaves the group hands its partitions on at once:
   * so the outcome is settled first.
   */
  async #settle(): Promise<void> {
    const giveUpAt = Date.now() + SETTLE_MS;
    for (;;) {
      const failure = await failureOf(this.#open());
      if (failure instanceof KafkaRefused) {
        throw failure;
      }
      if (!failure || Date.now() >= giveUpAt) {
        return;
      }
      await sleep(SETTLE_RETRY_MS);
    }
  }

  async #commit(
    outputs: readonly AddressedRecord[],
    read: readonly ConsumedRecord[],
    { groupId, heardAt, offsets }: GroupMember,
  ): Promise<void> {
    const transaction = (this.#current ??= await (this.#producer as Producer).transaction());
    for (const { topic, messages } of await this.#writes(outputs)) {
      await transaction.send({ topic, acks: -1, timeout: ACKNOWLEDGE_MS, compression, messages });
    }
    await transaction.sendOffsets({ consumerGroupId: groupId, topics: offsetsAfter(read) });
    if (Date.now() - heardAt() > HEARD_WITHIN_MS) {
      throw new Error('The group may soon give the partitions to another member.');
    }
    await transaction.commit();
    this.#current = undefined;
    await untilVisible(read, offsets);
  }

  /**
   * One partition at a time. Of a send to several brokers, the client repeats also what is still
   * under way when one of them fails, with new sequence numbers: it would be there twice.
   */
  async #writes(outputs: readonly AddressedRecord[]) {
    const addressed = await Promise.all(
      outputs.map(async ({ topic, record }) => {
        const message = keyedMessage(record, await this.#partitionsOf(topic));
        return { topic, record, message, place: `${topic}/${message.partition ?? ''}` };
      }),
    );
    return [...Map.groupBy(addressed, ({ place }) => place).values()].flatMap((written) =>
      [...writeBatches(written)].map((batch) => ({
        topic: batch[0]?.topic ?? '',
        messages: batch.map(({ message }) => message),
      })),
    );
  }

  #partitionsOf(topic: string): Promise<number> {
    const known = this.#partitions.get(topic) ?? this.#metadata.partitionsOf(topic);
    this.#partitions.set(topic, known);
    return known;
  }

  #meaningOf(error: unknown): unknown {
    const credentials = credentialRefusal(error);
    if (credentials) {
      this.#cluster.refused(credentials);
    }
    const transactionalId = this.#transactionalId;
    const reason = this.#hidden.behind(error);
    return this.#fencing(error) ?? rightsRefusal(reason, { transactionalId }) ?? error;
  }

  /**
   * The coordinator fences a producer too whose transaction it has timed out: `open` puts that right.
   * Sooner than that, only another instance can have done it.
   */
  #fencing(error: unknown): KafkaRefused | undefined {
    const timedOut = Date.now() - this.#begunAt >= TRANSACTION_TIMEOUT_MS;
    return timedOut ? undefined : fencing(error, this.#transactionalId);
  }
}

function transactionalProducer(
  cluster: Cluster,
  hidden: HiddenErrors,
  transactionalId: string,
): Producer {
  return kafkaClient(cluster, hidden, REQUEST_TIMEOUT_MS).producer({
    createPartitioner: everyRecordHasItsPartition,
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    transactionalId,
    transactionTimeout: TRANSACTION_TIMEOUT_MS,
    // A transaction can't begin before the markers of the last one are written: mostly soon.
    retry: { initialRetryTime: 20, maxRetryTime: 1000, retries: 12 },
  });
}

async function failureOf(work: Promise<unknown> | undefined): Promise<Error | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function offsetsAfter(read: readonly ConsumedRecord[]) {
  return [...Map.groupBy(lastOfPartitions(read), ({ topic }) => topic)].map(([topic, records]) => ({
    topic,
    partitions: records.map(({ partition, offset }) => ({ partition, offset: `${offset + 1n}` })),
  }));
}

/**
 * The coordinator answers before the group's offsets have moved, and the client's consumers don't
 * wait for open transactions (KIP-447: RequireStable): the next owner of a partition, after a
 * rebalance right now, would read the records again.
 */
async function untilVisible(
  read: readonly ConsumedRecord[],
  offsets: GroupMember['offsets'],
): Promise<void> {
  const giveUpAt = Date.now() + VISIBLE_MS;
  while (!(await areVisible(lastOfPartitions(read), offsets))) {
    if (Date.now() >= giveUpAt) {
      throw new Error('The committed offsets are not seen.');
    }
    await sleep(VISIBLE_RETRY_MS);
  }
}

async function areVisible(
  last: readonly ConsumedRecord[],
  offsets: GroupMember['offsets'],
): Promise<boolean> {
  const committed = await offsets.committed().catch(() => new Map<number, bigint>());
  return last.every(({ partition, offset }) => (committed.get(partition) ?? 0n) > offset);
}

function lastOfPartitions(records: readonly ConsumedRecord[]): ConsumedRecord[] {
  return [...new Map(records.map((record) => [record.partition, record])).values()];
}
