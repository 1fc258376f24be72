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
  readonly #restarted = new Set<number>();

  /** A committed offset is that of the next record to read. */
  advance({ partition, offset, leaderEpoch }: ConsumedRecord): void {
    this.#positions.set(partition, { next: offset + 1n, leaderEpoch, committed: false });
  }

  /** What stands before the offset was dealt with, and committed, already. */
  startAt(partition: number, offset: bigint): void {
    this.#positions.set(partition, { next: offset, leaderEpoch: -1, committed: true });
  }

  /**
   * The client had to start over, because the topic was deleted and made again. Of consequence for the
   * first record that stands before the position: those of the old topic may still be on their way.
   */
  restart(partition: number): void {
    this.#restarted.add(partition);
  }

  isBefore({ partition, offset }: ConsumedRecord): boolean {
    const position = this.#positions.get(partition);
    if (position === undefined || offset >= position.next) {
      return false;
    }
    if (this.#restarted.delete(partition)) {
      this.#positions.delete(partition);
      return false;
    }
    return true;
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
        this.#restarted.delete(partition);
      }
    }
  }
}
