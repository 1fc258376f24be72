import type { GroupOffsets } from './group-offsets.ts';

export type OnLag = (lag: ReadonlyMap<number, number>) => void;

const INTERVAL_MS = 5000;

/** Measures the lag of the assigned partitions every five seconds. Returns what ends the measuring. */
export function measureLag(
  offsets: Pick<GroupOffsets, 'next' | 'ends'>,
  assigned: () => readonly number[],
  onLag: OnLag,
): () => void {
  const timer = setInterval(() => {
    lagOf(offsets, assigned()).then(onLag, () => undefined);
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
  };
}

async function lagOf(
  offsets: Pick<GroupOffsets, 'next' | 'ends'>,
  partitions: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const [next, ends] = await Promise.all([offsets.next(partitions), offsets.ends(partitions)]);
  return new Map(
    partitions.map((partition) => {
      const lag = (ends.get(partition) ?? 0n) - (next.get(partition) ?? 0n);
      return [partition, Math.max(0, Number(lag))] as const;
    }),
  );
}
