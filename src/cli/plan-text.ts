import type { Plan, Spread } from '../planner/capacity.ts';
import { wrap, yellow } from './output.ts';

type Topic = Omit<Plan, 'partitions'> & {
  readonly name: string;
  readonly partitions: number;
  readonly reason: string;
};

/** A topic's plan for people: the answer first, then what it follows from. */
export const planText = (plan: Topic): string =>
  [
    `${plan.name}: ${counted(plan.partitions, 'partition')}, ${counted(plan.brokers.count, 'broker')}`,
    row('why', plan.reason),
    ...spreadRows(plan),
  ].join('\n');

/** All topics on the same brokers. */
export const togetherText = (spread: Spread): string =>
  [`all topics together: ${counted(spread.brokers.count, 'broker')}`, ...spreadRows(spread)].join(
    '\n',
  );

/** What the sums leave out. */
export const withoutLoadText = (topics: readonly string[]): string =>
  wrap(`not counted, without a load in krafter.yaml: ${topics.join(', ')}`, '  ');

const spreadRows = ({ brokers, disk, network, memory, warnings }: Spread): string[] => [
  row('brokers', `${brokers.count}: ${brokers.reason}`),
  row(
    'disk',
    disk
      ? `${size(disk.perBroker)} each, ${size(disk.total)} in all, filled to 60 %`
      : 'the newest record of each key: the number of keys decides, not the load',
  ),
  row(
    'network',
    `${size(network.inPerBroker)}/s in, ${size(network.outPerBroker)}/s out at peak, each`,
  ),
  row('memory', `${heap(memory.heap)} heap, ${size(memory.pageCache)} page cache, each`),
  ...warnings.map((warning) => `  ${yellow('!'.padEnd(8))}${wrap(warning, ' '.repeat(10))}`),
];

const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? '' : 's'}`;

const row = (label: string, text: string): string =>
  `  ${label.padEnd(8)}${wrap(text, ' '.repeat(10))}`;

function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`;
}

/** As Java counts: -Xmx1g is 1024 MiB. */
const heap = (bytes: number): string =>
  bytes % 1024 ** 3 === 0 ? `${bytes / 1024 ** 3} GiB` : `${bytes / 1024 ** 2} MiB`;
