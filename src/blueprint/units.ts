/** Durations, rates and sizes as krafter.yaml and flags write them. */

const durations = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A million days still fit into Kafka's long of milliseconds. */
export const durationPattern = /^[1-9][0-9]{0,5}[mhd]$/;

/** Milliseconds of `15m`, `12h`, `7d`. */
export const milliseconds = (duration: string): number =>
  Number(duration.slice(0, -1)) * durations[duration.slice(-1) as keyof typeof durations];

const prefixes: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9 };

/** More than nothing, and not more than a number can hold: partitions are divided by it. */
export const ratePattern = /^(?=.*[1-9])[0-9]{1,12}(\.[0-9]{1,6})?\s?[kMG]?B\/s$/;

/** Bytes a second of `18MB/s`, `0.5 GB/s`. */
export function bytesPerSecond(rate: string): number {
  const match = /^([0-9.]+)\s?([kMG]?)B\/s$/.exec(rate);
  if (!match) throw new Error(`not a rate: ${rate}`);
  return Number(match[1]) * (prefixes[match[2] ?? ''] ?? 1);
}

export const heapPattern = /^[1-9][0-9]{0,4}[mg]$/;

/** Megabytes of a heap size such as `512m` or `1g`. */
export const heapMegabytes = (heap: string): number =>
  Number(heap.slice(0, -1)) * (heap.endsWith('g') ? 1024 : 1);

export const diskPattern = /^[1-9][0-9]{0,4}[gt]$/;

/** Gigabytes (10^9 bytes, as disks are sold) of a disk size such as `500g` or `2t`. */
export const diskGigabytes = (disk: string): number =>
  Number(disk.slice(0, -1)) * (disk.endsWith('t') ? 1000 : 1);

type Quantity = {
  readonly pattern: RegExp;
  /** The unit that a letter stands for, or the usual one of a bare number. */
  readonly unit: (letter: string, amount: number) => string;
};

const rate: Quantity = {
  pattern: ratePattern,
  unit: (letter, amount) => {
    const usual = amount < 10_000 ? 'm' : 'b';
    return { k: 'kB/s', m: 'MB/s', g: 'GB/s', b: 'B/s' }[letter || usual] ?? '';
  },
};

/** By the key that holds one. */
const quantities: Readonly<Record<string, Quantity>> = {
  heap: { pattern: heapPattern, unit: (letter, amount) => letter || (amount < 64 ? 'g' : 'm') },
  disk: { pattern: diskPattern, unit: (letter) => letter || 'g' },
  retention: { pattern: durationPattern, unit: (letter) => letter || 'd' },
  throughput: rate,
  perPartition: rate,
};

/** What was probably meant by a quantity that can not be read: a heap of 512 or 512MB is 512m. */
export function meantQuantity(key: string, given: unknown): string | undefined {
  const quantity = quantities[key];
  const [, amount = '', letter = ''] = /^([0-9.]+)\s?([a-z]?)/i.exec(String(given)) ?? [];
  const written = `${amount}${quantity?.unit(letter.toLowerCase(), Number(amount))}`;
  return quantity?.pattern.test(written) ? written : undefined;
}
