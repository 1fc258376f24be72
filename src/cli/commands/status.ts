import type { Command } from 'commander';
import { exitCode } from '../../errors.ts';

export const statusCommand = (program: Command): Command =>
  program
    .command('status')
    .usage('[folder] [options]')
    .argument('[folder]', 'the project; default: the one around this folder')
    .description('Nodes, leader, replicas, lag, services, memory, logs.')
    .option('--json', 'for programs')
    .action(async (given: string | undefined, options: { json?: true }) => {
      const { openProject } = await import('../project.ts');
      const { print, printJson } = await import('../output.ts');
      const { isBroken, statusOf, statusText } = await import('../../engine/status.ts');
      const { folder, platform } = openProject(given);
      const status = await statusOf(folder, platform);
      if (isBroken(status)) process.exitCode = exitCode.no;
      if (options.json) printJson(status);
      else print(statusText(status));
    });
