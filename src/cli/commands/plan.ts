import { type Command, Option } from 'commander';
import { refuse } from '../../errors.ts';

type Options = {
  throughput?: string;
  messages?: string;
  size?: string;
  perPartition: string;
  consumers: string;
  groups: string;
  retention: string;
  replication: string;
  peak: string;
  growth: string;
  json?: true;
};

export const planCommand = (program: Command): Command =>
  program
    .command('plan')
    .argument('[folder]', 'a project, whose topics are planned when no load is given')
    .description('partitions, brokers, disk, network and memory for a load')
    .option('--throughput <rate>', 'written, e.g. 300MB/s')
    .option('--messages <n>', 'instead: messages a second ...')
    .option('--size <bytes>', '... of so many bytes')
    .option('--per-partition <rate>', 'what one partition carries', '10MB/s')
    .option('--consumers <n>', 'instances that read at once', '1')
    .addOption(new Option('--groups <n>', 'groups that read everything').default('1'))
    .option('--retention <time>', 'e.g. 7d', '7d')
    .option('--replication <n>', 'copies', '3')
    .option('--peak <factor>', 'peak over average', '1')
    .option('--growth <percent>', 'in a year', '0%')
    .option('--json', 'for programs')
    .action(run);

async function run(folder: string | undefined, options: Options): Promise<void> {
  const { printJson, print } = await import('../output.ts');
  const { capacity } = await import('../../planner/capacity.ts');
  const given = options.throughput ?? (options.messages ? rateOf(options) : undefined);
  const topics =
    given === undefined
      ? await projectLoads(folder, options)
      : [{ name: 'topic', load: loadOf(options, given) }];
  const plans = topics.map(({ name, load }) => {
    const { partitions, ...rest } = capacity(load);
    return { name, partitions: partitions.partitions, reason: partitions.reason, ...rest };
  });
  if (options.json) return printJson({ topics: plans });
  const { planText } = await import('../plan-text.ts');
  print(plans.map(planText).join('\n\n'));
}

const rateOf = ({ messages, size }: Options): string =>
  `${number('--messages', messages ?? '') * number('--size', size ?? '')}B/s`;

function loadOf(options: Options, throughput: string) {
  return {
    throughput: rate('--throughput', throughput),
    perPartition: rate('--per-partition', options.perPartition),
    consumers: whole('--consumers', options.consumers),
    groups: whole('--groups', options.groups),
    retentionMs: time('--retention', options.retention),
    replication: whole('--replication', options.replication),
    peakFactor: number('--peak', options.peak),
    growth: number('--growth', options.growth.replace(/%$/, '')) / 100,
    floor: 6,
  };
}

async function projectLoads(folder: string | undefined, options: Options) {
  const { existsSync } = await import('node:fs');
  const { join } = await import('node:path');
  const { projectFolder } = await import('../folders.ts');
  const { blueprintFile } = await import('../../blueprint/write.ts');
  if (!existsSync(join(projectFolder(folder), blueprintFile))) {
    throw refuse({
      what: 'No load is given, and there is no project here whose topics could be planned.',
      where: '--throughput',
      next: 'krafter plan --throughput 300MB/s --per-partition 10MB/s --consumers 24',
    });
  }
  const { loadBlueprint } = await import('../../blueprint/load.ts');
  const { topics, cluster, tier } = loadBlueprint(projectFolder(folder));
  return topics.flatMap(({ name, load, retention }) =>
    load
      ? [
          {
            name,
            load: {
              ...loadOf(
                {
                  ...options,
                  perPartition: load.perPartition,
                  consumers: String(load.consumers),
                  retention: retention ?? options.retention,
                },
                load.throughput,
              ),
              replication: Math.min(3, cluster.brokers),
              floor: tier === 1 ? 1 : 6,
            },
          },
        ]
      : [],
  );
}

const bad = (flag: string, value: string, example: string) =>
  refuse({
    what: `${flag} "${value.slice(0, 40)}" can not be read.`,
    where: flag,
    next: `For example ${flag} ${example}`,
  });

function number(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) throw bad(flag, text, '100');
  return value;
}

function whole(flag: string, text: string): number {
  const value = number(flag, text);
  if (!Number.isInteger(value) || value < 1 || value > 1e6) throw bad(flag, text, '3');
  return value;
}

const prefixes = { '': 1, k: 1e3, M: 1e6, G: 1e9 } as const;

function rate(flag: string, text: string): number {
  const match = /^([0-9]+(?:\.[0-9]+)?)\s?([kMG]?)B(?:\/s)?$/.exec(text);
  if (!match) throw bad(flag, text, '10MB/s');
  const value = Number(match[1]) * prefixes[(match[2] ?? '') as keyof typeof prefixes];
  if (value <= 0) throw bad(flag, text, '10MB/s');
  return value;
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function time(flag: string, text: string): number {
  const match = /^([1-9][0-9]{0,5})([mhd])$/.exec(text);
  if (!match) throw bad(flag, text, '7d');
  return Number(match[1]) * units[match[2] as keyof typeof units];
}
