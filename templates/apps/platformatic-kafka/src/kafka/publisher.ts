import { DeliveryFailed } from './failures.ts';
import { Lane, type Delivery } from './lane.ts';
import { partitionOf } from './partitioner.ts';
import type { OutgoingRecord, Sender } from './sender.ts';
import type { Topic } from './topic-watch.ts';

/** Kafka's max.in.flight.requests.per.connection for an idempotent producer. */
const IN_FLIGHT = 5;

export interface Acknowledgement {
  partition: number;
  offset: bigint;
}

export interface KeyedRecord extends OutgoingRecord {
  key: Buffer;
}

/**
 * Spreads the partitions over five lanes, each with its own idempotent producer: five sends can be
 * under way, while each partition, and so each key, has one at a time and keeps its order.
 */
export class Publisher {
  readonly #topic: Topic;
  readonly #lanes: readonly Lane[];
  readonly #deliveryTimeoutMs: number;

  constructor(topic: Topic, openSender: () => Sender, deliveryTimeoutMs: number) {
    this.#topic = topic;
    this.#lanes = Array.from({ length: IN_FLIGHT }, () => new Lane(openSender, deliveryTimeoutMs));
    this.#deliveryTimeoutMs = deliveryTimeoutMs;
  }

  /** Resolves once all in-sync replicas have the record, rejects with DeliveryFailed. */
  async publish(record: KeyedRecord): Promise<Acknowledgement> {
    const delivery: Delivery = { record, expired: false };
    const timeout = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      delivery.expired = true;
      timeout.reject(new DeliveryFailed('timeout', 'Kafka did not acknowledge the event in time.'));
    }, this.#deliveryTimeoutMs);
    try {
      return await Promise.race([this.#deliver(record, delivery), timeout.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Delivers what waits, then closes the connections. */
  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  async #deliver(record: KeyedRecord, delivery: Delivery): Promise<Acknowledgement> {
    const partition = partitionOf(record.key, await this.#topic.partitionCount());
    const lane = this.#lanes[partition % this.#lanes.length] as Lane;
    return { partition, offset: await lane.deliver(partition, delivery) };
  }
}
