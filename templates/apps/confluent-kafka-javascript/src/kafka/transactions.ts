import type { KafkaConsumer, Producer } from '@confluentinc/kafka-javascript';
import { answer, ANSWER_MS } from './client.ts';
import type { Cluster } from './cluster.ts';
import { fencing, rightsRefusal } from './errors.ts';
import { acknowledged, connectProducer, disconnect, produce } from './producing-client.ts';
import type { AddressedRecord, ConsumedRecord } from './records.ts';

/** After this the coordinator aborts a transaction whose producer is gone. */
const TRANSACTION_TIMEOUT_MS = 60_000;

const COMMIT_MS = 15_000;

/** Left to the client: it knows how many partitions each output topic has. */
const BY_KEY = -1;

/**
 * Who reads. The client takes the group's generation from the consumer (KIP-447), as it is when the
 * offsets are sent: after a rebalance it would vouch for partitions that were taken away.
 */
export interface GroupMember {
  consumer: KafkaConsumer;
  owns: (record: ConsumedRecord) => boolean;
}

/** A producer with a transactional id, which one instance can use at a time. */
export class Transactions {
  readonly #cluster: Cluster;
  readonly #transactionalId: string;
  readonly #connect: typeof connectProducer;
  #producer: Producer | undefined;
  #begunAt = 0;

  constructor(cluster: Cluster, transactionalId: string, connect = connectProducer) {
    this.#connect = connect;
    this.#cluster = cluster;
    this.#transactionalId = transactionalId;
  }

  /**
   * Ends what a predecessor, or this one before a failure, left open. To be done before the group's
   * offsets are read. The signal ends the waiting for brokers.
   */
  async open(signal: AbortSignal): Promise<void> {
    await this.close();
    signal.throwIfAborted();
    const producer = await this.#connect(this.#cluster, {
      'transactional.id': this.#transactionalId,
      'transaction.timeout.ms': TRANSACTION_TIMEOUT_MS,
      'linger.ms': 5,
      // As in the Java client; the default would put keys on other partitions.
      partitioner: 'murmur2_random',
    });
    this.#producer = producer;
    this.#begunAt = Date.now();
    try {
      await step((done) => {
        producer.initTransactions(ANSWER_MS, done);
      });
    } catch (error) {
      throw this.#meaningOf(error);
    }
  }

  /** Writes everything and moves the group's offsets past the records, or does neither. */
  async commit(
    outputs: readonly AddressedRecord[],
    read: readonly ConsumedRecord[],
    member: GroupMember,
  ): Promise<void> {
    const producer = this.#producer as Producer;
    this.#begunAt = Date.now();
    try {
      await this.#transact(producer, outputs, read, member);
    } catch (error) {
      // A fenced producer only says that its records were purged; the abort says why.
      throw this.#meaningOf(error, await failureOf(abort(producer)));
    }
  }

  async close(): Promise<void> {
    const closing = this.#producer;
    this.#producer = undefined;
    if (closing?.isConnected()) {
      await disconnect(closing);
    }
  }

  async #transact(
    producer: Producer,
    outputs: readonly AddressedRecord[],
    read: readonly ConsumedRecord[],
    member: GroupMember,
  ): Promise<void> {
    await step((done) => {
      producer.beginTransaction(done);
    });
    await acknowledged(
      outputs.map(({ topic, record }) => produce(producer, topic, BY_KEY, record)),
    );
    if (!read.every((record) => member.owns(record))) {
      throw new Error('A rebalance took partitions while their records were handled.');
    }
    await step((done) => {
      producer.sendOffsetsToTransaction(offsetsAfter(read), member.consumer, COMMIT_MS, done);
    });
    await step((done) => {
      producer.commitTransaction(COMMIT_MS, done);
    });
  }

  #meaningOf(error: unknown, behind?: unknown): unknown {
    const transactionalId = this.#transactionalId;
    const fenced = fencing(error, transactionalId) ?? fencing(behind, transactionalId);
    // The coordinator fences a producer too whose transaction it has timed out: `open` puts that
    // right. Sooner than that, only another instance can have done it.
    if (fenced && Date.now() - this.#begunAt >= TRANSACTION_TIMEOUT_MS) {
      return new Error('The coordinator ended a transaction that took too long.', { cause: error });
    }
    return fenced ?? rightsRefusal(error, { transactionalId }) ?? error;
  }
}

async function failureOf(work: Promise<void>): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error;
  }
}

function abort(producer: Producer): Promise<void> {
  return step((done) => {
    producer.abortTransaction(COMMIT_MS, done);
  });
}

async function step(ask: (done: (error: unknown) => void) => void): Promise<void> {
  await answer<undefined>((done) => {
    ask(done as (error: unknown) => void);
  });
}

function offsetsAfter(read: readonly ConsumedRecord[]) {
  const last = new Map(read.map((record) => [record.partition, record])).values();
  return [...last].map(({ topic, partition, offset }) => ({
    topic,
    partition,
    offset: Number(offset) + 1,
  }));
}
