import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectName } from '../answers/name.ts';
import {
  type Given,
  onlyAvailable,
  refuseContradiction,
  refuseUnavailable,
  resolveAnswers,
} from '../answers/resolve.ts';
import { draftBlueprint } from '../blueprint/draft.ts';
import { blueprintFile, blueprintText } from '../blueprint/write.ts';
import { refuse } from '../errors.ts';
import { applyPlan, planReport, planWrite, recover } from '../project/index.ts';
import { gitignorePath, ignored, synthesize } from '../synthesis.ts';
import { absolute, fromHere } from './folders.ts';
import { dim, live, print, printJson, tell, wrap, yellow } from './output.ts';
import { krafterVersion } from './version.ts';

export type NewOptions = {
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

/** `krafter new`. One module with all that it needs: each import on its own would cost time. */
export async function createPlatform(folder = '.', options: NewOptions): Promise<void> {
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
  const asked = asks ? await (await import('./questions.ts')).ask(given, usable) : given;
  const answers = resolveAnswers(name, asked, usable);
  const draft = draftBlueprint(answers);
  const blueprint = existsSync(join(root, 'README.md'))
    ? { ...draft, readme: 'KAFKA.md' as const }
    : draft;
  const { artifacts, note } = keepGitignore(root, synthesize(blueprint, blueprintText(blueprint)));
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
    else print((await import('./tree.ts')).planTree(name, report));
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
): { artifacts: T[]; note?: string } {
  if (!existsSync(join(root, gitignorePath))) return { artifacts: [...artifacts] };
  return {
    artifacts: artifacts.filter(({ path }) => path !== gitignorePath),
    note: `Your .gitignore stays as it is. It must have these lines, or secrets get committed: ${ignored.join(', ')}`,
  };
}

type Found = {
  readonly given: Given;
  readonly lines: readonly string[];
  readonly told: readonly unknown[];
};

async function lookInto(root: string): Promise<Found> {
  if (!existsSync(root)) return { given: {}, lines: [], told: [] };
  const { infer } = await import('../answers/inference/index.ts');
  const { told } = await import('../answers/inference/report.ts');
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
