import { type Command, Option } from 'commander';
import { formatNames } from '../../check/report/report.ts';
import { severities } from '../../check/rule.ts';
import type { CheckOptions } from '../check.ts';
import { oneOf } from '../choice.ts';

export const checkCommand = (program: Command): Command =>
  program
    .command('check')
    .argument('[path]', 'a folder or a file; default: here')
    .description('what will go wrong with Kafka in any repository, and what to write instead')
    .addOption(
      new Option('--format <name>', `${formatNames.join(', ')} (default: text)`).argParser(
        oneOf('--format', formatNames),
      ),
    )
    .addOption(
      new Option(
        '--fail-on <level>',
        `exit 1 from it on: ${severities.join(', ')}\n(default: warning)`,
      ).argParser(oneOf('--fail-on', severities)),
    )
    .option('--all', 'also what is a matter of taste, or less certain')
    .option('--stdin-filename <name>', 'check what comes on standard input as this file')
    .option('--json', 'the same as --format json')
    .action(async (path: string | undefined, options: CheckOptions) => {
      const { checkPath } = await import('../check.ts');
      await checkPath(path, options);
    });
