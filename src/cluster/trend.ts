import type { TopicLag } from './lag.ts';

/** Where a group and what it reads were at one moment. */
export type LagSample = {
  readonly at: number;
  /** Sums are compared over the same partitions only. */
  readonly partitions: string;
  readonly ends: number;
  readonly committed: number;
  readonly lag: number;
};

export type Trend = {
  readonly seconds: number;
  /** Records a second: written to its partitions, and read by it. */
  readonly written: number;
  readonly read: number;
  readonly direction: 'growing' | 'shrinking' | 'steady' | 'stuck' | 'none';
  readonly catchUpSeconds?: number;
};

export function lagSample(topics: readonly TopicLag[], at: number): LagSample {
  const rows = topics.flatMap(({ topic, partitions }) =>
    partitions
      .filter(({ committed }) => committed !== undefined)
      .map((partition) => ({ ...partition, name: `${topic}-${partition.partition}` })),
  );
  const sum = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  return {
    at,
    partitions: rows
      .map(({ name }) => name)
      .sort()
      .join(' '),
    ends: sum(({ end }) => end),
    committed: sum(({ committed = 0 }) => committed),
    lag: sum(({ lag = 0 }) => lag),
  };
}

/** Consumers commit every five seconds unless they are told otherwise (auto.commit.interval.ms). */
export const shortestSeconds = 6;

/** Between two samples; nothing where they are of other partitions, or too close to tell. */
export function trendOf(before: LagSample | undefined, now: LagSample): Trend | undefined {
  if (!before || before.partitions !== now.partitions) return undefined;
  const seconds = (now.at - before.at) / 1000;
  if (seconds < shortestSeconds) return undefined;
  const written = (now.ends - before.ends) / seconds;
  const read = (now.committed - before.committed) / seconds;
  const change = now.lag - before.lag;
  const direction =
    now.lag === 0
      ? 'none'
      : read <= 0 && change >= 0
        ? 'stuck'
        : Math.abs(change) <= Math.max(1, now.lag / 100)
          ? 'steady'
          : change > 0
            ? 'growing'
            : 'shrinking';
  return {
    seconds,
    written,
    read,
    direction,
    ...(direction === 'shrinking' && read > written
      ? { catchUpSeconds: now.lag / (read - written) }
      : {}),
  };
}
