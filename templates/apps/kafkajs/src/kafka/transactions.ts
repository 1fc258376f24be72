import type { Producer, Transaction } from 'kafkajs';
import { setTimeout as sleep } from 'node:timers/promises';
import { kafkaClient } from './client.ts';
import type { Cluster } from './cluster.ts';
import { compression } from './compression.ts';
import { SESSION_TIMEOUT_MS } from './consumer-options.ts';
import { credentialRefusal, fencing, hasErrorType, rightsRefusal } from './errors.ts';
import type { GroupOffsets } from './group-offsets.ts';
import { HiddenErrors } from './hidden-errors.ts';
import { keyedMessage } from './messages.ts';
import { everyRecordHasItsPartition } from './partitioner.ts';
import type { AddressedRecord, ConsumedRecord } from './records.ts';
import { topicMetadata, type TopicMetadata } from './topic-metadata.ts';
import { writeBatches } from './write-batches.ts';

/**
 * The client's transactions don't carry the group's generation (KIP-447), so nothing refuses the
 * offsets of a member that was expelled. Its transaction has to end before its partitions go on:
 * shorter than the session timeout, also with the ten seconds between the coordinator's looks.
 */
const TRANSACTION_TIMEOUT_MS = 30_000;

const VISIBLE_RETRY_MS = 10;

/** Who reads, as a transaction has to know it. */
export interface GroupMember {
  groupId: string;
  /** When the coordinator last answered a heartbeat. */
  heardAt: number;
  offsets: Pick<GroupOffsets, 'committed'>;
}

/** A producer with a transactional id, which one instance can use at a time. */
export class Transactions {
  readonly #cluster: Cluster;
  readonly #transactionalId: string;
  readonly #metadata: TopicMetadata;
  readonly #hidden = new HiddenErrors();
  #producer: Producer | undefined;
  #current: Transaction | undefined;
  #partitions = new Map<string, Promise<number>>();

  constructor(cluster: Cluster, transactionalId: string) {
    this.#cluster = cluster;
    this.#transactionalId = transactionalId;
    this.#metadata = topicMetadata(cluster);
  }

  /**
   * Ends what a predecessor, or this one before a failure, left open. To be done before the group's
   * offsets are read. The signal ends the waiting for brokers.
   */
  async open(signal: AbortSignal): Promise<void> {
    const abort = () => void this.close();
    signal.addEventListener('abort', abort);
    try {
      await this.#orRefused(this.#open());
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
    await this.#orRefused(this.#commit(outputs, read, member));
  }

  async close(): Promise<void> {
    await this.#producer?.disconnect();
    await this.#metadata.close();
  }

  async #open(): Promise<void> {
    await this.#endPrevious();
    this.#partitions.clear();
    const producer = kafkaClient(this.#cluster, this.#hidden).producer({
      createPartitioner: everyRecordHasItsPartition,
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      transactionalId: this.#transactionalId,
      transactionTimeout: TRANSACTION_TIMEOUT_MS,
      // A transaction can't begin before the markers of the last one are written: mostly soon.
      retry: { initialRetryTime: 20, maxRetryTime: 1000, retries: 12 },
    });
    this.#producer = producer;
    await producer.connect();
    this.#cluster.reached();
    this.#current = await producer.transaction();
  }

  async #endPrevious(): Promise<void> {
    try {
      await this.#current?.abort();
    } catch (error) {
      // Nothing was written yet, or the commit came through although its answer didn't.
      if (!hasErrorType(error, 'INVALID_TXN_STATE')) {
        throw error;
      }
    }
    this.#current = undefined;
    await this.#producer?.disconnect();
    this.#producer = undefined;
  }

  async #commit(
    outputs: readonly AddressedRecord[],
    read: readonly ConsumedRecord[],
    { groupId, heardAt, offsets }: GroupMember,
  ): Promise<void> {
    if (Date.now() - heardAt > SESSION_TIMEOUT_MS / 2) {
      throw new Error('The group may have given the partitions to another member.');
    }
    const transaction = (this.#current ??= await (this.#producer as Producer).transaction());
    for (const { topic, messages } of await this.#writes(outputs)) {
      await transaction.send({ topic, acks: -1, timeout: 10_000, compression, messages });
    }
    await transaction.sendOffsets({ consumerGroupId: groupId, topics: offsetsAfter(read) });
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

  async #orRefused(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      const credentials = credentialRefusal(error);
      if (credentials) {
        this.#cluster.refused(credentials);
      }
      const transactionalId = this.#transactionalId;
      const reason = this.#hidden.behind(error);
      throw fencing(error, transactionalId) ?? rightsRefusal(reason, { transactionalId }) ?? error;
    }
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
  const last = lastOfPartitions(read);
  for (;;) {
    const committed = await offsets.committed();
    if (last.every(({ partition, offset }) => (committed.get(partition) ?? 0n) > offset)) {
      return;
    }
    await sleep(VISIBLE_RETRY_MS);
  }
}

function lastOfPartitions(records: readonly ConsumedRecord[]): ConsumedRecord[] {
  return [...new Map(records.map((record) => [record.partition, record])).values()];
}
