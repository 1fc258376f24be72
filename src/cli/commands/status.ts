import type { Command } from 'commander';

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
      const { statusOf, statusText } = await import('../../engine/status.ts');
      const { folder, platform } = openProject(given);
      const status = await statusOf(folder, platform);
      if (options.json) printJson(status);
      else print(statusText(status));
    });
