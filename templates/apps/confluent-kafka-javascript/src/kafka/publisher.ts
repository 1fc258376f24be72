import type { Cluster } from './cluster.ts';
import { DeliveryFailed } from './failures.ts';
import { Lane, type Delivery } from './lane.ts';
import { partitionOf } from './partitioner.ts';
import type { Acknowledgement, OutgoingRecord } from './records.ts';
import { kafkaSender, type Sender } from './sender.ts';
import { TopicWatch, type Topic } from './topic-watch.ts';

/** Kafka's max.in.flight.requests.per.connection for an idempotent producer. */
const IN_FLIGHT = 5;

/** A publisher for one topic, which is watched from now on. */
export function openPublisher(
  cluster: Cluster,
  topic: string,
  deliveryTimeoutMs: number,
): Publisher {
  const watch = new TopicWatch(cluster, topic);
  watch.run().catch((error: unknown) => {
    cluster.fail(error);
  });
  const openSender = () => kafkaSender(cluster, topic, deliveryTimeoutMs);
  return new Publisher(watch, openSender, deliveryTimeoutMs);
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
  async publish(record: OutgoingRecord): Promise<Acknowledgement> {
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

  /** Why nothing can be sent at the moment. */
  problem(): string | undefined {
    return this.#topic.problem();
  }

  /** Delivers what waits, then closes the connections. */
  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()));
    await this.#topic.close();
  }

  async #deliver(record: OutgoingRecord, delivery: Delivery): Promise<Acknowledgement> {
    const partition = partitionOf(record.key, await this.#topic.partitionCount());
    const lane = this.#lanes[partition % this.#lanes.length] as Lane;
    return { partition, offset: await lane.deliver(partition, delivery) };
  }
}
