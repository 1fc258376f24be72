import type { ConsumedRecord } from './records.ts';

export interface CommittableOffset {
  topic: string;
  partition: number;
  offset: bigint;
  leaderEpoch: number;
}

interface Position {
  next: bigint;
  leaderEpoch: number;
  committed: boolean;
}

/** Up to where the records of each assigned partition had their effect. */
export class Positions {
  readonly #positions = new Map<number, Position>();

  /** A committed offset is that of the next record to read. */
  advance({ partition, offset, leaderEpoch }: ConsumedRecord): void {
    this.#positions.set(partition, { next: offset + 1n, leaderEpoch, committed: false });
  }

  /** What stands before the offset was dealt with, and committed, already. */
  startAt(partition: number, offset: bigint): void {
    this.#positions.set(partition, { next: offset, leaderEpoch: -1, committed: true });
  }

  isBefore({ partition, offset }: ConsumedRecord): boolean {
    const position = this.#positions.get(partition);
    return position !== undefined && offset < position.next;
  }

  uncommitted(topic: string): CommittableOffset[] {
    return [...this.#positions]
      .filter(([, { committed }]) => !committed)
      .map(([partition, { next, leaderEpoch }]) => ({
        topic,
        partition,
        offset: next,
        leaderEpoch,
      }));
  }

  committed(offsets: readonly CommittableOffset[]): void {
    for (const { partition, offset } of offsets) {
      const position = this.#positions.get(partition);
      if (position?.next === offset) {
        position.committed = true;
      }
    }
  }

  /** Forgets the partitions that a rebalance took away. */
  keepOnly(assigned: readonly number[]): void {
    for (const partition of this.#positions.keys()) {
      if (!assigned.includes(partition)) {
        this.#positions.delete(partition);
      }
    }
  }
}
