import { defaultPerPartition, type PartitionCount, partitionCount } from './partitions.ts';

/** What a person knows about one topic. Rates are bytes a second, sizes bytes. */
export type Load = {
  /** Average written; the peak is this times the peak factor. */
  readonly throughput: number;
  readonly perPartition: number;
  readonly consumers: number;
  /** Groups that read everything. */
  readonly groups: number;
  /** Undefined for a compacted topic, which keeps a record per key however many are written. */
  readonly retentionMs: number | undefined;
  readonly replication: number;
  readonly peakFactor: number;
  /** Of a year, as a fraction: 0.5 is half as much again. */
  readonly growth: number;
  readonly floor: number;
};

/** What is there already, and shares the load; without it, there are as many brokers as it needs. */
export type Cluster = { readonly brokers: number; readonly heap: number };

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
  heapBytes: 6 * 1024 ** 3,
} as const;

/** What all brokers together have to carry. */
type Burden = {
  readonly copies: number;
  /** Bytes of disk; undefined where the number of keys decides. */
  readonly disk: number | undefined;
  readonly incoming: number;
  readonly outgoing: number;
  readonly replicas: number;
};

/** How it is spread over the brokers. */
export type Spread = {
  /** As many as it needs. */
  readonly brokers: { readonly count: number; readonly reason: string };
  readonly disk: { readonly total: number; readonly perBroker: number } | null;
  readonly network: { readonly inPerBroker: number; readonly outPerBroker: number };
  readonly memory: { readonly heap: number; readonly pageCache: number };
  readonly warnings: readonly string[];
};

export type Plan = Spread & {
  readonly partitions: PartitionCount;
  readonly peakThroughput: number;
};

/** Partitions, brokers, disk, network and memory for a load, with the reasons. */
export function capacity(load: Load, cluster?: Cluster): Plan {
  const peak = peakOf(load);
  const partitions = partitionCount({ ...load, throughput: peak });
  const spread = spreadOver(burdenOf(load), cluster);
  return {
    ...spread,
    partitions,
    peakThroughput: peak,
    warnings: [...loadWarnings(load, partitions.partitions), ...spread.warnings],
  };
}

/** Several topics on the same brokers. */
export function capacityTogether(loads: readonly Load[], cluster?: Cluster): Spread {
  const burdens = loads.map(burdenOf);
  const sum = (amount: (burden: Burden) => number) =>
    burdens.reduce((total, burden) => total + amount(burden), 0);
  return spreadOver(
    {
      copies: Math.max(...burdens.map(({ copies }) => copies)),
      disk: burdens.every(({ disk }) => disk === undefined)
        ? undefined
        : sum(({ disk }) => disk ?? 0),
      incoming: sum(({ incoming }) => incoming),
      outgoing: sum(({ outgoing }) => outgoing),
      replicas: sum(({ replicas }) => replicas),
    },
    cluster,
  );
}

const grown = ({ throughput, growth }: Load) => throughput * (1 + growth);
const peakOf = (load: Load) => grown(load) * load.peakFactor;

function burdenOf(load: Load): Burden {
  const { replication, retentionMs, groups } = load;
  const peak = peakOf(load);
  const { partitions } = partitionCount({ ...load, throughput: peak });
  return {
    copies: replication,
    disk:
      retentionMs === undefined
        ? undefined
        : (grown(load) * retentionMs * replication) / 1000 / assumptions.diskFill,
    incoming: peak * replication,
    outgoing: peak * (replication - 1 + groups),
    replicas: partitions * replication,
  };
}

function spreadOver(burden: Burden, cluster: Cluster | undefined): Spread {
  const needed = brokersFor(burden);
  const brokers = cluster?.brokers ?? needed.count;
  const { disk, incoming, outgoing } = burden;
  return {
    brokers: needed,
    disk: disk === undefined ? null : { total: disk, perBroker: disk / brokers },
    network: { inPerBroker: incoming / brokers, outPerBroker: outgoing / brokers },
    memory: {
      heap: cluster?.heap ?? assumptions.heapBytes,
      pageCache: (incoming / brokers) * assumptions.cacheSeconds,
    },
    warnings: [
      ...(needed.count > brokers
        ? [`${needed.count} brokers are needed (${needed.reason}); there are ${brokers}`]
        : []),
      ...(burden.replicas / brokers > assumptions.partitionsPerBroker * 0.8
        ? [
            'close to 4,000 partition replicas on a broker, where starting and failing over get slow',
          ]
        : []),
    ],
  };
}

function brokersFor({ copies, disk = 0, incoming, outgoing, replicas }: Burden) {
  const { diskPerBroker, networkPerBroker, partitionsPerBroker } = assumptions;
  const needs = [
    { count: copies, reason: copies === 1 ? 'one copy decides' : `${copies} copies decide` },
    { count: Math.ceil(disk / diskPerBroker), reason: 'disk decides' },
    {
      count: Math.ceil(Math.max(incoming, outgoing) / networkPerBroker),
      reason: 'network decides',
    },
    { count: Math.ceil(replicas / partitionsPerBroker), reason: 'partitions decide' },
  ];
  return needs.reduce((a, b) => (b.count > a.count ? b : a));
}

function loadWarnings(load: Load, partitions: number): string[] {
  const found: string[] = [];
  if (load.replication < 3)
    found.push(
      `${load.replication === 1 ? '1 copy' : `${load.replication} copies`}: losing one broker loses data or stops writes; production has 3`,
    );
  if (load.perPartition > 5 * defaultPerPartition)
    found.push('more than 50 MB/s for one partition is more than most consumers read: measure it');
  if (partitions > 30 && load.consumers <= 30)
    found.push(
      `${partitions} partitions: above 30 for one topic, check that a partition really carries no more`,
    );
  if (partitions > load.consumers && partitions % load.consumers !== 0)
    found.push(
      `${partitions} partitions on ${load.consumers} consumers: some get one more than others`,
    );
  return found;
}
