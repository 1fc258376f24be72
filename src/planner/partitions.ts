/** Megabytes a second that one partition carries with some room, until it was measured. */
export const defaultPerPartition = 10_000_000;

/** What a topic needs when nobody can say more: room for six consumers. */
export const startingPartitions = 6;

export type PartitionNeeds = {
  /** Bytes a second at peak. */
  readonly throughput: number;
  /** Bytes a second of one partition. */
  readonly perPartition: number;
  /** Instances that want to read at the same time. */
  readonly consumers: number;
  /** The least that is sensible: 6 in production, 1 on a laptop. */
  readonly floor: number;
};

export type PartitionCount = { readonly partitions: number; readonly reason: string };

/** `1.8 MB/s`, with the prefix that leaves something before the point. */
export function rateText(bytesPerSecond: number): string {
  const [prefix, size] = prefixes.find(([, size]) => bytesPerSecond >= size) ?? ['', 1];
  return `${Number((bytesPerSecond / size).toPrecision(3))} ${prefix}B/s`;
}
const prefixes = [
  ['G', 1e9],
  ['M', 1e6],
  ['k', 1e3],
] as const;

/** partitions = max(target throughput / throughput per partition, consumer count) */
export function partitionCount(needs: PartitionNeeds): PartitionCount {
  const forThroughput = Math.max(1, Math.ceil(needs.throughput / needs.perPartition));
  const partitions = Math.max(forThroughput, needs.consumers, needs.floor);
  const decided =
    partitions === 1
      ? 'one is enough'
      : partitions === forThroughput && forThroughput > needs.consumers
        ? 'throughput decides'
        : partitions === needs.consumers
          ? 'consumers decide'
          : 'the number to start with decides';
  return {
    partitions,
    reason: `max(${rateText(needs.throughput)} / ${rateText(needs.perPartition)} = ${forThroughput}, ${needs.consumers} consumer${needs.consumers === 1 ? '' : 's'}, ${needs.floor} to start with) = ${partitions}: ${decided}`,
  };
}
