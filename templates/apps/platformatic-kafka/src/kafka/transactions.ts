import type { Consumer, Message, Producer } from '@platformatic/kafka';
import type { Cluster } from './cluster.ts';
import { credentialRefusal, fencing, rightsRefusal } from './errors.ts';
import type { KafkaRefused } from './failures.ts';
import { partitionOf } from './partitioner.ts';
import type { AddressedRecord, ConsumedRecord } from './records.ts';
import { messageToProduce } from './sender.ts';
import { TRANSACTION_TIMEOUT_MS, transactionalProducer } from './transactional-producer.ts';
import { writeBatches } from './write-batches.ts';

type Transaction = Awaited<ReturnType<Producer['beginTransaction']>>;

/** Who reads, as a transaction has to say it when it moves the group's offsets. */
export type GroupMember = Consumer;

/** A producer with a transactional id, which one instance can use at a time. */
export class Transactions {
  readonly #cluster: Cluster;
  readonly #transactionalId: string;
  readonly #createProducer: typeof transactionalProducer;
  #producer: Producer | undefined;
  #current: Transaction | undefined;
  #begunAt = 0;

  constructor(cluster: Cluster, transactionalId: string, createProducer = transactionalProducer) {
    this.#cluster = cluster;
    this.#transactionalId = transactionalId;
    this.#createProducer = createProducer;
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
    await this.#orRefused(this.#commit(outputs, read, member));
  }

  async close(): Promise<void> {
    await this.#producer?.close();
  }

  async #open(): Promise<void> {
    const identity = await this.#leavePrevious();
    const producer = this.#createProducer(this.#cluster, this.#transactionalId);
    this.#producer = producer;
    this.#current = await this.#orRefused(producer.beginTransaction(identity));
    this.#cluster.reached();
  }

  async #commit(
    outputs: readonly AddressedRecord[],
    read: readonly ConsumedRecord[],
    member: GroupMember,
  ): Promise<void> {
    // Of now: a later generation would vouch for partitions that a rebalance takes in the meantime.
    const { memberId, generationId } = member;
    const transaction = (this.#current ??= await (this.#producer as Producer).beginTransaction({}));
    for (const batch of writeBatches(outputs)) {
      await transaction.send({ messages: await this.#messages(batch) });
    }
    await transaction.addConsumer(member);
    // One after the other: the client takes two at a time for the same one.
    for (const record of lastOfPartitions(read)) {
      const { groupId, coordinatorId } = member;
      const consumer = { groupId, memberId, generationId, coordinatorId };
      await transaction.addOffset(messageOf(record, consumer));
    }
    await transaction.commit();
    this.#current = undefined;
  }

  async #messages(outputs: readonly AddressedRecord[]) {
    const topics = [...new Set(outputs.map(({ topic }) => topic))];
    const metadata = await (this.#producer as Producer).metadata({ topics });
    return outputs.map(({ topic, record }) => {
      const partitions = metadata.topics.get(topic)?.partitionsCount ?? 1;
      return messageToProduce(topic, partitionOf(record.key, partitions), record);
    });
  }

  /**
   * KIP-360: who shows the id and epoch that it had goes on, or is told that another instance went
   * on in the meantime. The client by itself would show those of producer 0; -1 is "none".
   */
  async #leavePrevious(): Promise<{ producerId: bigint; producerEpoch: number }> {
    const { producerId = -1n, producerEpoch = -1 } = this.#producer ?? {};
    const [transaction, producer] = [this.#current, this.#producer];
    this.#current = undefined;
    this.#producer = undefined;
    // What fails here doesn't matter: InitProducerId ends what is open.
    const failure = await failureOf(transaction?.abort());
    await failureOf(producer?.close());
    const refusal = this.#fencing(failure);
    if (refusal) {
      throw refusal;
    }
    // The coordinator's time-out has raised the epoch: ours would look like a predecessor's.
    return fencing(failure, this.#transactionalId)
      ? { producerId: -1n, producerEpoch: -1 }
      : { producerId, producerEpoch };
  }

  async #orRefused<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      throw this.#refusalIn(error) ?? error;
    }
  }

  #refusalIn(error: unknown): KafkaRefused | undefined {
    const credentials = credentialRefusal(error);
    if (credentials) {
      this.#cluster.refused(credentials);
    }
    const transactionalId = this.#transactionalId;
    return this.#fencing(error) ?? rightsRefusal(error, { transactionalId });
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

async function failureOf(work: Promise<unknown> | undefined): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error;
  }
}

function lastOfPartitions(records: readonly ConsumedRecord[]): Iterable<ConsumedRecord> {
  return new Map(records.map((record) => [record.partition, record])).values();
}

/** Of the message, the client wants only where it stood and who read it. */
function messageOf(
  { topic, partition, offset }: ConsumedRecord,
  consumer: Pick<Consumer, 'groupId' | 'memberId' | 'generationId' | 'coordinatorId'>,
): Message {
  return { topic, partition, offset, metadata: { consumer } } as unknown as Message;
}
