import type { Command } from 'commander';
import type { PlanOptions } from '../plan.ts';

/** Flags have no defaults here: one that is given overrules what krafter.yaml says. */
export const planCommand = (program: Command): Command =>
  program
    .command('plan')
    .argument('[folder]', 'a project, whose topics are planned when no load is given')
    .description('Partitions, brokers, disk, network and memory for a load.')
    .option('--throughput <rate>', 'written on average, e.g. 300MB/s')
    .option('--messages <n>', 'instead: messages a second ...')
    .option('--size <bytes>', '... of so many bytes')
    .option('--per-partition <rate>', 'what one partition carries (default: 10MB/s)')
    .option('--consumers <n>', 'instances that read at once (default: 1)')
    .option('--groups <n>', 'groups that read everything (default: 1)')
    .option('--retention <time>', 'how long records are kept (default: 7d)')
    .option('--replication <n>', 'copies (default: 3)')
    .option('--peak <factor>', 'peak over average (default: 1)')
    .option('--growth <percent>', 'in a year (default: 0%)')
    .option('--json', 'for programs')
    .action(async (folder: string | undefined, options: PlanOptions) => {
      const { planCapacity } = await import('../plan.ts');
      await planCapacity(folder, options);
    });
