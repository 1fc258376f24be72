import { type Command, Option } from 'commander';
import { releases } from '../../catalog/kafka-keys/releases.ts';
import { formatNames } from '../../check/report/report.ts';
import { severities } from '../../check/rule.ts';
import type { CheckOptions } from '../check-options.ts';
import { oneOf } from '../choice.ts';

export const checkCommand = (program: Command): Command =>
  program
    .command('check')
    .argument('[path]', 'a folder or a file; default: here')
    .description('What will go wrong with Kafka in any repository, and why.')
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
    .option('--fix [unsafe]', 'mend what can be mended with certainty; --fix=unsafe: more of it')
    .option('--show-fixes', 'show that as a diff, and write nothing')
    .option('--baseline <file>', 'leave out the findings that are known there')
    .option('--update-baseline', 'write all findings of today there')
    .option('--diff <commit>', 'only what came since this branch or commit')
    .addOption(
      new Option(
        '--target <version>',
        `what stops you from moving to this Kafka: ${releases.join(', ')}`,
      ).argParser(oneOf('--target', releases)),
    )
    .option('--prove', "give configurations to Kafka's own classes, and tell what they refuse")
    .option('--stdin-filename <name>', 'check what comes on standard input as this file')
    .option('--json', 'the same as --format json')
    .action(async (path: string | undefined, options: CheckOptions) => {
      const { checkPath } = await import('../check.ts');
      // The word behind --fix may be the folder.
      const isFolder = path === undefined && typeof options.fix === 'string';
      if (isFolder && options.fix !== 'unsafe')
        await checkPath(String(options.fix), { ...options, fix: true });
      else await checkPath(path, options);
    });
