const durations = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of `15m`, `12h`, `7d`. */
export const milliseconds = (duration: string): number =>
  Number(duration.slice(0, -1)) * durations[duration.slice(-1) as keyof typeof durations];

const prefixes: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9 };

/** Bytes a second of `18MB/s`, `0.5 GB/s`. */
export function bytesPerSecond(rate: string): number {
  const match = /^([0-9.]+)\s?([kMG]?)B\/s$/.exec(rate);
  if (!match) throw new Error(`not a rate: ${rate}`);
  return Number(match[1]) * (prefixes[match[2] ?? ''] ?? 1);
}

/** Megabytes of a heap size such as `512m` or `1g`. */
export const heapMegabytes = (heap: string): number =>
  Number(heap.slice(0, -1)) * (heap.endsWith('g') ? 1024 : 1);

/** Gigabytes (10^9 bytes, as disks are sold) of a disk size such as `500g` or `2t`. */
export const diskGigabytes = (disk: string): number =>
  Number(disk.slice(0, -1)) * (disk.endsWith('t') ? 1000 : 1);
