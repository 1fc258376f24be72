import { type Command, Option } from 'commander';
import type { CheckOptions } from '../check.ts';
import { oneOf } from '../choice.ts';

const formats = ['text', 'json', 'sarif', 'github', 'gitlab', 'markdown', 'junit'] as const;
const levels = ['error', 'warning', 'info'] as const;

export const checkCommand = (program: Command): Command =>
  program
    .command('check')
    .argument('[path]', 'a folder or a file; default: here')
    .description('what will go wrong with Kafka in any repository, and what to write instead')
    .addOption(
      new Option('--format <name>', `${formats.join(', ')} (default: text)`).argParser(
        oneOf('--format', formats),
      ),
    )
    .addOption(
      new Option(
        '--fail-on <level>',
        `exit 1 from it on: ${levels.join(', ')}\n(default: warning)`,
      ).argParser(oneOf('--fail-on', levels)),
    )
    .option('--all', 'also what is a matter of taste, or less certain')
    .option('--stdin-filename <name>', 'check what comes on standard input as this file')
    .option('--json', 'the same as --format json')
    .action(async (path: string | undefined, options: CheckOptions) => {
      const { checkPath } = await import('../check.ts');
      await checkPath(path, options);
    });

export type FormatName = (typeof formats)[number];
export type Level = (typeof levels)[number];
