import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bytesPerSecond, durationPattern, milliseconds, ratePattern } from '../blueprint/units.ts';
import { blueprintFile } from '../blueprint/write.ts';
import { refuse } from '../errors.ts';
import { type Cluster, capacity, capacityTogether, type Load } from '../planner/capacity.ts';
import { defaultPerPartition, startingPartitions } from '../planner/partitions.ts';
import { projectFolder } from './folders.ts';
import { print, printJson } from './output.ts';
import { planText, togetherText, withoutLoadText } from './plan-text.ts';

export type PlanOptions = {
  throughput?: string;
  messages?: string;
  size?: string;
  perPartition?: string;
  consumers?: string;
  groups?: string;
  retention?: string;
  replication?: string;
  peak?: string;
  growth?: string;
  json?: true;
};

/** A topic to plan; `partitions` are those that krafter.yaml gives it. */
type Topic = { readonly name: string; readonly load: Load; readonly partitions?: number };
type Question = {
  readonly topics: readonly Topic[];
  /** Topics of the project that have none, and so take no part in the sums. */
  readonly withoutLoad: readonly string[];
  readonly cluster?: Cluster;
};

/** `krafter plan`, for a load that flags give or for the topics of a project. */
export async function planCapacity(
  folder: string | undefined,
  options: PlanOptions,
): Promise<void> {
  const flags = loadOfFlags(options);
  const { topics, withoutLoad, cluster }: Question =
    flags.throughput === undefined
      ? await projectTopics(folder, flags)
      : {
          topics: [{ name: 'topic', load: { ...usual, ...flags, throughput: flags.throughput } }],
          withoutLoad: [],
        };
  const plans = topics.map(({ name, load, partitions: there }) => {
    const { partitions, warnings, ...rest } = capacity(load, cluster);
    return {
      name,
      ...partitions,
      ...rest,
      warnings: [...warnings, ...otherThan(there, partitions.partitions)],
    };
  });
  const loads = topics.map(({ load }) => load);
  const together = capacityTogether(loads, cluster);
  if (options.json) return printJson({ topics: plans, together, withoutLoad });
  const texts = [
    ...plans.map(planText),
    ...(plans.length > 1 ? [togetherText(together)] : []),
    ...(withoutLoad.length > 0 ? [withoutLoadText(withoutLoad)] : []),
  ];
  print(texts.join('\n\n'));
}

const usual: Omit<Load, 'throughput'> = {
  perPartition: defaultPerPartition,
  consumers: 1,
  groups: 1,
  retentionMs: milliseconds('7d'),
  replication: 3,
  peakFactor: 1,
  growth: 0,
  floor: startingPartitions,
};

const otherThan = (there: number | undefined, planned: number): string[] =>
  there === undefined || there === planned
    ? []
    : [`krafter.yaml has ${there} partition${there === 1 ? '' : 's'}, not ${planned}`];

/** The topics of a project that have a load, on the brokers that it has. */
async function projectTopics(folder: string | undefined, flags: Partial<Load>): Promise<Question> {
  const root = projectFolder(folder);
  if (!existsSync(join(root, blueprintFile))) {
    throw refuse({
      what: 'No load is given, and there is no project here whose topics could be planned.',
      where: '--throughput',
      next: 'krafter plan --throughput 300MB/s --per-partition 10MB/s --consumers 24',
    });
  }
  const { loadBlueprint } = await import('../blueprint/load.ts');
  const { buildPlatform } = await import('../model/build.ts');
  const [{ topics, nodes }] = buildPlatform(loadBlueprint(root)).clusters;
  const planned = topics.flatMap(({ name, partitions, load }) =>
    load ? [{ name, partitions, load: { ...load, ...flags } }] : [],
  );
  if (planned.length > 0) {
    const heap = nodes[0].heapMegabytes * 1024 ** 2;
    const withoutLoad = topics.flatMap(({ name, load }) => (load ? [] : [name]));
    return { topics: planned, withoutLoad, cluster: { brokers: nodes.length, heap } };
  }
  throw refuse({
    what: 'No topic of this project has a load.',
    where: join(root, blueprintFile),
    why: 'Partitions and disks are counted from it.',
    next: 'Add one to a topic: load: { throughput: 18MB/s, perPartition: 10MB/s, consumers: 6 }',
  });
}

/** What flags say; nothing for those that are not given. */
function loadOfFlags({ messages, size, ...options }: PlanOptions): Partial<Load> {
  const read = <K extends keyof Load>(
    key: K,
    flag: string,
    text: string | undefined,
    reader: (flag: string, text: string) => Load[K],
  ): Partial<Load> => (text === undefined ? {} : { [key]: reader(flag, text) });
  if (messages !== undefined && options.throughput !== undefined)
    throw refuse({
      what: '--throughput and --messages both say how much is written.',
      where: '--messages',
      next: 'Give one of them: --throughput 10MB/s, or --messages 1000 --size 500',
    });
  if ((messages === undefined) !== (size === undefined))
    throw refuse({
      what: '--messages a second and --size of one, in bytes, belong together.',
      where: messages === undefined ? '--messages' : '--size',
      next: 'For example --messages 1000 --size 500',
    });
  return {
    ...(messages === undefined
      ? {}
      : { throughput: positive('--messages', messages) * positive('--size', size ?? '') }),
    ...read('throughput', '--throughput', options.throughput, rate),
    ...read('perPartition', '--per-partition', options.perPartition, rate),
    ...read('consumers', '--consumers', options.consumers, whole),
    ...read('groups', '--groups', options.groups, whole),
    ...read('retentionMs', '--retention', options.retention, time),
    ...read('replication', '--replication', options.replication, whole),
    ...read('peakFactor', '--peak', options.peak, factor),
    ...read('growth', '--growth', options.growth, percent),
  };
}

const bad = (flag: string, value: string, example: string) =>
  refuse({
    what: `${flag} "${value.slice(0, 40)}" can not be read.`,
    where: flag,
    next: `For example ${flag} ${example}`,
  });

const largest = 1e15;

function number(flag: string, text: string, least: number, example: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= largest)) throw bad(flag, text, example);
  return value;
}

const positive = (flag: string, text: string) => number(flag, text, Number.MIN_VALUE, '100');
const factor = (flag: string, text: string) => number(flag, text, 1, '3');
const percent = (flag: string, text: string) =>
  number(flag, text.replace(/%$/, ''), 0, '50%') / 100;

function whole(flag: string, text: string): number {
  const value = number(flag, text, 1, '3');
  if (!Number.isInteger(value) || value > 1e6) throw bad(flag, text, '3');
  return value;
}

function rate(flag: string, text: string): number {
  const perSecond = text.endsWith('/s') ? text : `${text}/s`;
  if (!ratePattern.test(perSecond)) throw bad(flag, text, '10MB/s');
  return bytesPerSecond(perSecond);
}

function time(flag: string, text: string): number {
  if (!durationPattern.test(text)) throw bad(flag, text, '7d');
  return milliseconds(text);
}
