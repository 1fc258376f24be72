import type { Command } from 'commander';
import { exitCode } from '../../errors.ts';
import type { LiveOptions } from '../live.ts';
import { withLiveOptions } from '../live-options.ts';

export const healthCommand = (program: Command): Command =>
  withLiveOptions(
    program
      .command('health')
      .description('Whether a live cluster is well, and what is not: brokers, quorum, partitions.'),
  )
    .option('--detail', 'features and log directories too')
    .option('--json', 'for programs')
    .action(async ({ detail, ...options }: LiveOptions & { detail?: true }) => {
      const { runLiveTool } = await import('../live.ts');
      const { clusterHealth } = await import('../../mcp/tools/cluster-health.ts');
      const { verdict } = await runLiveTool(clusterHealth, { detail }, options);
      if (verdict !== 'healthy') process.exitCode = exitCode.no;
    });
