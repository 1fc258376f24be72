import { Admin } from '@platformatic/kafka';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientOptions } from './client.ts';
import type { Cluster } from './cluster.ts';
import { hasErrorCode } from './errors.ts';

const RETRY_MS = 20;

/**
 * The group's offsets once no open transaction can change them any more. The client's consumer
 * doesn't wait for that (KIP-447: RequireStable), so it may start before what the last owner's
 * transaction is about to commit, and a record would be read twice.
 */
export class StableOffsets {
  readonly #admin: Admin;
  readonly #topic: string;
  readonly #groupId: string;

  constructor(cluster: Cluster, topic: string, groupId: string) {
    this.#admin = new Admin(clientOptions(cluster));
    this.#topic = topic;
    this.#groupId = groupId;
  }

  /** Without those of the partitions that have none yet. */
  async of(partitions: readonly number[]): Promise<Map<number, bigint>> {
    const topics = [{ name: this.#topic, partitionIndexes: [...partitions] }];
    for (;;) {
      try {
        const [group] = await this.#admin.listConsumerGroupOffsets({
          groups: [{ groupId: this.#groupId, topics }],
          requireStable: true,
        });
        const found = group?.topics.find(({ name }) => name === this.#topic)?.partitions ?? [];
        return new Map(
          found
            .filter(({ committedOffset }) => committedOffset >= 0n)
            .map(({ partitionIndex, committedOffset }) => [partitionIndex, committedOffset]),
        );
      } catch (error) {
        if (!hasErrorCode(error, 'UNSTABLE_OFFSET_COMMIT')) {
          throw error;
        }
      }
      await sleep(RETRY_MS);
    }
  }

  async close(): Promise<void> {
    await this.#admin.close();
  }
}
