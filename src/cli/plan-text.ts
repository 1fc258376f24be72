import type { Plan } from '../planner/capacity.ts';
import { wrap, yellow } from './output.ts';

type Topic = Omit<Plan, 'partitions'> & {
  readonly name: string;
  readonly partitions: number;
  readonly reason: string;
};

/** A topic's plan for people: the answer first, then what it follows from. */
export const planText = (plan: Topic): string =>
  [
    `${plan.name}: ${plan.partitions} partitions, ${plan.brokers.count} brokers`,
    row('why', plan.reason),
    row('brokers', `${plan.brokers.count}: ${plan.brokers.reason}`),
    row(
      'disk',
      `${size(plan.disk.perBroker)} each, ${size(plan.disk.total)} in all, filled to 60 %`,
    ),
    row(
      'network',
      `${size(plan.network.inPerBroker)}/s in, ${size(plan.network.outPerBroker)}/s out at peak, each`,
    ),
    row(
      'memory',
      `${size(plan.memory.heap)} heap, ${size(plan.memory.pageCache)} page cache, each`,
    ),
    ...plan.warnings.map((warning) => `  ${yellow('!'.padEnd(8))}${wrap(warning, ' '.repeat(10))}`),
  ].join('\n');

const row = (label: string, text: string): string =>
  `  ${label.padEnd(8)}${wrap(text, ' '.repeat(10))}`;

function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`;
}
