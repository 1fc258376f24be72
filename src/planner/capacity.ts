import { defaultPerPartition, type PartitionCount, partitionCount } from './partitions.ts';

/** What a person knows about one topic. Rates are bytes a second, sizes bytes. */
export type Load = {
  /** Average written; the peak is this times the peak factor and the growth. */
  readonly throughput: number;
  readonly perPartition: number;
  readonly consumers: number;
  /** Groups that read everything. */
  readonly groups: number;
  readonly retentionMs: number;
  readonly replication: number;
  readonly peakFactor: number;
  /** Of a year, as a fraction: 0.5 is half as much again. */
  readonly growth: number;
  readonly floor: number;
};

const assumptions = {
  /** Of a broker's disk; the rest is for rebalancing and a bad week. */
  diskFill: 0.6,
  /** Bytes of a broker's disk that are still quick to replace. */
  diskPerBroker: 4e12,
  /** Bytes a second of a 10 Gbit/s card, at 60 %. */
  networkPerBroker: 750e6,
  /** Replicas that a broker carries well (spec of the partition limit: about 4,000). */
  partitionsPerBroker: 4000,
  /** Kafka's own rule for the page cache: half a minute of writes (documentation, "OS"). */
  cacheSeconds: 30,
  heapBytes: 6e9,
} as const;

export type Plan = {
  readonly partitions: PartitionCount;
  readonly peakThroughput: number;
  readonly brokers: { readonly count: number; readonly reason: string };
  readonly disk: { readonly total: number; readonly perBroker: number };
  readonly network: { readonly inPerBroker: number; readonly outPerBroker: number };
  readonly memory: { readonly heap: number; readonly pageCache: number };
  readonly warnings: readonly string[];
};

/** Partitions, brokers, disk, network and memory for a load, with the reasons. */
export function capacity(load: Load): Plan {
  const grown = load.throughput * (1 + load.growth);
  const peak = grown * load.peakFactor;
  const partitions = partitionCount({ ...load, throughput: peak });
  const stored = (grown * load.retentionMs * load.replication) / 1000;
  const disk = stored / assumptions.diskFill;
  const incoming = peak * load.replication;
  const outgoing = peak * (load.replication - 1 + load.groups);
  const replicas = partitions.partitions * load.replication;
  const needs = [
    { count: load.replication, reason: `${load.replication} copies` },
    { count: Math.ceil(disk / assumptions.diskPerBroker), reason: 'disk' },
    {
      count: Math.ceil(Math.max(incoming, outgoing) / assumptions.networkPerBroker),
      reason: 'network',
    },
    { count: Math.ceil(replicas / assumptions.partitionsPerBroker), reason: 'partitions' },
  ];
  const most = needs.reduce((a, b) => (b.count > a.count ? b : a));
  const brokers = { count: most.count, reason: `${most.reason} decides` };
  return {
    partitions,
    peakThroughput: peak,
    brokers,
    disk: { total: disk, perBroker: disk / brokers.count },
    network: { inPerBroker: incoming / brokers.count, outPerBroker: outgoing / brokers.count },
    memory: {
      heap: assumptions.heapBytes,
      pageCache: (incoming / brokers.count) * assumptions.cacheSeconds,
    },
    warnings: warnings(load, partitions.partitions, replicas, brokers.count),
  };
}

function warnings(load: Load, partitions: number, replicas: number, brokers: number): string[] {
  const found: string[] = [];
  if (load.replication < 3)
    found.push(
      `${load.replication} copies: losing one broker loses data or stops writes; production has 3`,
    );
  if (load.perPartition > 5 * defaultPerPartition)
    found.push('more than 50 MB/s for one partition is more than most consumers read: measure it');
  if (partitions > 30 && load.consumers <= 30)
    found.push(
      `${partitions} partitions: above 30 for one topic, check that a partition really carries no more`,
    );
  if (replicas / brokers > assumptions.partitionsPerBroker * 0.8)
    found.push(
      'close to 4,000 partition replicas on a broker, where starting and failing over get slow',
    );
  if (partitions > load.consumers && partitions % load.consumers !== 0)
    found.push(
      `${partitions} partitions on ${load.consumers} consumers: some get one more than others`,
    );
  return found;
}
