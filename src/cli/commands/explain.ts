import type { Command } from 'commander';

export const explainCommand = (program: Command): Command =>
  program
    .command('explain')
    .argument('[rule]', 'its code, e.g. KP001; without one, all of them are listed')
    .description('What a rule of krafter check says, and its source.')
    .option('--json', 'for programs')
    .action(async (code: string | undefined, options: { json?: true }) => {
      const { explain } = await import('../explain.ts');
      explain(code, options);
    });
