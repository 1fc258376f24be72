import type { Command } from 'commander';
import type { Given } from '../../answers/resolve.ts';
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
import { refuse } from '../../errors.ts';
import { choices, oneOf } from '../choice.ts';
import { laterFlags, laterOption } from '../later.ts';

type Options = {
  tier?: Given['tier'];
  useCase?: Given['useCase'];
  lang?: Given['language'];
  client?: Given['client'];
  deploy?: Given['deploy'];
  security?: Given['security'];
  monitoring?: Given['monitoring'];
  registry?: Given['registry'];
  name?: string;
  yes?: true;
  dryRun?: true;
  json?: true;
};

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
    .action(run);
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

async function run(folder = '.', options: Options): Promise<void> {
  const { join } = await import('node:path');
  const { existsSync } = await import('node:fs');
  const { blueprintFile, blueprintText } = await import('../../blueprint/write.ts');
  const { projectName } = await import('../../answers/name.ts');
  const { onlyAvailable, refuseContradiction, refuseUnavailable, resolveAnswers } = await import(
    '../../answers/resolve.ts'
  );
  const { absolute, fromHere } = await import('../project.ts');
  const { draftBlueprint } = await import('../../blueprint/draft.ts');
  const { synthesize } = await import('../../synthesis.ts');
  const { applyPlan, planReport, planWrite, recover } = await import('../../project/index.ts');
  const { krafterVersion } = await import('../version.ts');
  const { printJson, print, tell, wrap, dim, live, yellow } = await import('../output.ts');

  const root = absolute(folder);
  const given: Given = { ...options, language: options.lang };
  const name = projectName(options.name, root);
  refuseContradiction(given);
  refuseUnavailable(given);
  await recover(root);
  if (existsSync(join(root, blueprintFile))) {
    throw refuse({
      what: 'There is a platform here already.',
      where: join(root, blueprintFile),
      next: `Change ${blueprintFile} and run krafter synth, or choose another folder.`,
    });
  }
  const found = await lookInto(root);
  for (const line of found.lines) tell(wrap(line, '  '));
  const { usable, unavailable } = onlyAvailable(found.given);
  for (const what of unavailable) {
    tell(`${yellow('!')} ${what} can not be generated yet, so the default is taken.`);
  }
  const asks = !options.yes && !options.json && process.stdin.isTTY && live;
  const asked = asks ? await (await import('../questions.ts')).ask(given, usable) : given;
  const answers = resolveAnswers(name, asked, usable);
  const draft = draftBlueprint(answers);
  const blueprint = existsSync(join(root, 'README.md'))
    ? { ...draft, readme: 'KAFKA.md' as const }
    : draft;
  const { artifacts, note } = keepGitignore(
    root,
    synthesize(blueprint, blueprintText(blueprint)),
    existsSync,
  );
  const plan = await planWrite(root, artifacts, { krafter: krafterVersion });
  const report = planReport(plan);
  const conflicts = report.files.filter(({ action }) => action === 'conflict');
  const shown = { ...report, answers, inferred: found.told };
  if (conflicts.length > 0) {
    if (options.json) printJson(shown);
    throw refuse({
      what: `${conflicts.length} file${conflicts.length === 1 ? ' is' : 's are'} there already with other content; nothing was written.`,
      where: conflicts
        .map(({ path }) => path)
        .slice(0, 8)
        .join('\n'),
      why: 'A file of yours is never changed by `krafter new`.',
      next: 'Choose a folder of its own, or move these aside: krafter new NAME',
    });
  }
  if (options.dryRun) {
    if (options.json) printJson(shown);
    else print((await import('../tree.ts')).planTree(name, report));
    return;
  }
  await applyPlan(plan);
  if (options.json) return printJson(shown);
  const created = report.files.filter(({ action }) => action === 'create').length;
  const place = fromHere(root);
  const { tier, useCase, client, deploy, security, monitoring } = answers;
  tell(
    wrap(
      `${name}: ${created} files in ${place}, tier ${tier}, ${useCase}, ${client}, ${deploy}, security ${security}, monitoring ${monitoring}`,
      '  ',
    ),
  );
  if (note) tell(`${yellow('!')} ${wrap(note, '  ')}`);
  const go = place === '.' ? '' : `cd ${shellWord(place)} && `;
  const next = `Next: ${go}krafter up, then krafter verify. ${blueprint.readme} explains the rest.`;
  tell(dim(`\n${wrap(next, '')}`));
}

const shellWord = (word: string): string =>
  /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** A .gitignore of the folder's own stays as it is; what it lacks is said. */
function keepGitignore<T extends { readonly path: string }>(
  root: string,
  artifacts: readonly T[],
  exists: (path: string) => boolean,
): { artifacts: T[]; note?: string } {
  if (!exists(`${root}/.gitignore`)) return { artifacts: [...artifacts] };
  return {
    artifacts: artifacts.filter(({ path }) => path !== '.gitignore'),
    note: 'Your .gitignore stays as it is. It must have these lines, or secrets get committed: .env, security/secrets/, .krafter/',
  };
}

type Found = {
  readonly given: Given;
  readonly lines: readonly string[];
  readonly told: readonly unknown[];
};

async function lookInto(root: string): Promise<Found> {
  const { existsSync } = await import('node:fs');
  if (!existsSync(root)) return { given: {}, lines: [], told: [] };
  const { infer } = await import('../../answers/inference/index.ts');
  const { told } = await import('../../answers/inference/report.ts');
  const { chosen } = await infer(root);
  const sayings = told(chosen);
  return {
    given: {
      tier: chosen.tier?.value,
      useCase: chosen.useCase?.value,
      language: chosen.language?.value,
      client: chosen.client?.value,
      deploy: chosen.deployment?.value,
      security: chosen.security?.value,
      monitoring: chosen.monitoring?.value,
      registry: chosen.registry?.value,
    },
    lines: sayings.map(
      ({ says, where, reason }) => `${says}: ${where}${reason ? ` (${reason})` : ''}`,
    ),
    told: sayings,
  };
}
