import type { Admin } from 'kafkajs';
import { kafkaClient } from './client.ts';
import type { Cluster } from './cluster.ts';

type Offsets = ReadonlyMap<number, bigint>;

/** Where a topic's partitions end, and how far the group has come in them. */
export class GroupOffsets {
  readonly #admin: Admin;
  readonly #topic: string;
  readonly #groupId: string;
  #connecting: Promise<void> | undefined;

  constructor(cluster: Cluster, topic: string, groupId: string) {
    this.#admin = kafkaClient(cluster).admin();
    this.#topic = topic;
    this.#groupId = groupId;
  }

  /** The offsets of the next records that will be written. */
  async ends(): Promise<Offsets> {
    await this.#connect();
    const offsets = await this.#admin.fetchTopicOffsets(this.#topic);
    return new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]));
  }

  /** The offsets of the next records to read: the first ones where nothing was committed yet. */
  async next(): Promise<Offsets> {
    await this.#connect();
    const firsts = await this.#admin.fetchTopicOffsets(this.#topic);
    const next = new Map(firsts.map(({ partition, low }) => [partition, BigInt(low)]));
    for (const [partition, offset] of await this.committed()) {
      next.set(partition, offset);
    }
    return next;
  }

  /** Without the partitions where nothing was committed yet. */
  async committed(): Promise<Offsets> {
    await this.#connect();
    const topics = [this.#topic];
    const [found] = await this.#admin.fetchOffsets({ groupId: this.#groupId, topics });
    const offsets = (found?.partitions ?? []).map(
      ({ partition, offset }) => [partition, BigInt(offset)] as const,
    );
    return new Map(offsets.filter(([, offset]) => offset >= 0n));
  }

  async close(): Promise<void> {
    await this.#admin.disconnect();
  }

  async #connect(): Promise<void> {
    this.#connecting ??= this.#admin.connect().catch((error: unknown) => {
      this.#connecting = undefined;
      throw error;
    });
    await this.#connecting;
  }
}
