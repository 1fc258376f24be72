import type { Command } from 'commander';
import {
  available,
  clientIds,
  defaults,
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
    .description(
      'A platform from a few answers. In brackets: what is taken without the flag.\nFound is what files of the folder show; asked is in a terminal, without --yes.',
    )
    .optionsGroup('Answers:');
  for (const { flags, words, without, help = words.join(', ') } of answers)
    command.option(flags, `${help} [${without}]`, oneOf(flags.split(' ')[0] ?? '', words));
  for (const flag of laterFlags) command.addOption(laterOption(flag));
  return command
    .option('--name <name>', "of the platform [the folder's]")
    .optionsGroup('Options:')
    .option('--yes', 'ask nothing; what is not given is at its default')
    .option('--dry-run', 'show what would be written, write nothing')
    .option('--json', 'the plan, for programs')
    .action(async (folder: string | undefined, options: NewOptions) => {
      const { createPlatform } = await import('../new.ts');
      await createPlatform(folder, options);
    });
};

const asked = (otherwise: string | number): string => `found, asked, or ${otherwise}`;
const byTier = (kind: 'security' | 'monitoring'): string =>
  `found, or ${defaults.development[kind]} in tier 1, else ${defaults.production[kind]}`;

const answers: readonly {
  readonly flags: string;
  readonly words: readonly (string | number)[];
  /** What the answer is without the flag. */
  readonly without: string;
  readonly help?: string;
}[] = [
  {
    flags: '--tier <1|2|3|4>',
    words: tiers,
    without: asked(defaults.tier),
    help: '1 development, 2 production (later: 3 microservices, 4 enterprise)',
  },
  { flags: '--use-case <name>', words: useCaseIds, without: asked(defaults.useCase) },
  {
    flags: '--lang <name>',
    words: languages,
    without: asked(defaults.language),
    help: choices(languages, available.lang),
  },
  {
    flags: '--client <name>',
    words: clientIds,
    without: 'found, or the first of the language',
    help: `${available.client.join(', ')} (more later)`,
  },
  {
    flags: '--deploy <name>',
    words: deployments,
    without: `found, or ${defaults.deploy}`,
    help: choices(deployments, available.deploy),
  },
  {
    flags: '--security <name>',
    words: securities,
    without: byTier('security'),
    help: choices(securities, available.security),
  },
  { flags: '--monitoring <name>', words: monitorings, without: byTier('monitoring') },
  {
    flags: '--registry <name>',
    words: registries,
    without: defaults.registry,
    help: choices(registries, available.registry),
  },
];
