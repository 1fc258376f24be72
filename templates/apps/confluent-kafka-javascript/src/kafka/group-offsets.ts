import rdkafka, {
  type IAdminClient,
  type KafkaConsumer,
  type ListOffsetsResult,
  type OffsetSpec,
  type TopicPartitionOffset,
} from '@confluentinc/kafka-javascript';
import { answer, ANSWER_MS } from './client.ts';

type Offsets = ReadonlyMap<number, bigint>;

/** Where a topic's partitions begin and end, and how far the group has come in them. */
export class GroupOffsets {
  readonly #admin: IAdminClient;
  readonly #consumer: KafkaConsumer;
  readonly #topic: string;

  constructor(consumer: KafkaConsumer, topic: string) {
    this.#admin = rdkafka.AdminClient.createFrom(consumer);
    this.#consumer = consumer;
    this.#topic = topic;
  }

  /** Up to where a reader with read_committed can read now. */
  ends(partitions: readonly number[]): Promise<Offsets> {
    return this.#list(partitions, rdkafka.OffsetSpec.LATEST);
  }

  /** The offsets of the next records to read: the first ones where nothing was committed yet. */
  async next(partitions: readonly number[]): Promise<Offsets> {
    const next = new Map(await this.#list(partitions, rdkafka.OffsetSpec.EARLIEST));
    const wanted = partitions.map((partition) => ({ topic: this.#topic, partition }));
    const committed = await answer<TopicPartitionOffset[]>((done) =>
      this.#consumer.committed(wanted, ANSWER_MS, done),
    );
    for (const { partition, offset } of committed) {
      if (typeof offset === 'number' && offset >= 0) {
        next.set(partition, BigInt(offset));
      }
    }
    return next;
  }

  close(): void {
    this.#admin.disconnect();
  }

  async #list(partitions: readonly number[], offset: OffsetSpec): Promise<Offsets> {
    if (partitions.length === 0) {
      return new Map();
    }
    const wanted = partitions.map((partition) => ({ topic: this.#topic, partition, offset }));
    const isolationLevel = rdkafka.IsolationLevel.READ_COMMITTED;
    const found = await answer<ListOffsetsResult[]>((done) => {
      this.#admin.listOffsets(wanted, { timeout: ANSWER_MS, isolationLevel }, done);
    });
    return new Map(found.map((one) => [one.partition, BigInt(one.offset)]));
  }
}
