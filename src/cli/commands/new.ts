import type { Command } from 'commander';
import {
  available,
  clientIds,
  deployments,
  languages,
  monitorings,
  registries,
  securities,
  tiers,
  useCaseIds,
} from '../../catalog/choices.ts';
import { choices, oneOf } from '../choice.ts';
import { laterFlags, laterOption } from '../later.ts';
import type { NewOptions } from '../new.ts';

export const newCommand = (program: Command): Command => {
  const command = program
    .command('new')
    .usage('[folder] [options]')
    .argument('[folder]', 'where to; without it, this folder')
    .summary('A platform from a few answers.')
    .description('A platform from a few answers; what no flag gives is found in files or asked.')
    .optionsGroup('Answers:');
  answer(command, '--tier <1|2|3|4>', tiers, tierHelp);
  answer(command, '--use-case <name>', useCaseIds);
  answer(command, '--lang <name>', languages, choices(languages, available.lang));
  answer(command, '--client <name>', clientIds, `${available.client.join(', ')}; later more`);
  answer(command, '--deploy <name>', deployments, choices(deployments, available.deploy));
  answer(command, '--security <name>', securities, choices(securities, available.security));
  answer(command, '--monitoring <name>', monitorings);
  answer(command, '--registry <name>', registries, choices(registries, available.registry));
  for (const flag of laterFlags) command.addOption(laterOption(flag));
  return command
    .option('--name <name>', "of the platform; without it, the folder's")
    .optionsGroup('Options:')
    .option('--yes', 'ask nothing; what is not given is at its default')
    .option('--dry-run', 'show what would be written, write nothing')
    .option('--json', 'the plan, for programs')
    .action(async (folder: string | undefined, options: NewOptions) => {
      const { createPlatform } = await import('../new.ts');
      await createPlatform(folder, options);
    });
};

const tierHelp = '1 development, 2 production (later: 3 microservices, 4 enterprise)';

function answer(
  command: Command,
  flags: string,
  words: readonly (string | number)[],
  help = words.join(', '),
): void {
  const [flag = ''] = flags.split(' ');
  command.option(flags, help, oneOf(flag, words));
}
