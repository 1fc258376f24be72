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
import { type Answers, draftBlueprint } from '../blueprint/draft.ts';
import { blueprintFile, blueprintText } from '../blueprint/write.ts';
import { lackOf } from '../catalog/choices.ts';
import { refuse } from '../errors.ts';
import { applyPlan, lockFile, planReport, planWrite, recover } from '../project/index.ts';
import { synthesize } from '../synthesis.ts';
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
  refuseRemains(root);
  const found = await lookInto(root);
  for (const line of found.lines) tell(wrap(line, '  '));
  for (const note of found.notes) remark(note);
  const { usable, unavailable } = onlyAvailable(found.given, given);
  for (const what of unavailable) {
    remark(`${what} can not be generated yet, so the default is taken.`);
  }
  const asks = !options.yes && !options.json && process.stdin.isTTY && live;
  const asked = asks ? await (await import('./questions.ts')).ask(given, usable) : given;
  const answers = resolveAnswers(name, asked, usable);
  const draft = draftBlueprint(answers);
  const blueprint = existsSync(join(root, 'README.md'))
    ? { ...draft, readme: 'KAFKA.md' as const }
    : draft;
  const generated = synthesize(blueprint, blueprintText(blueprint));
  const { artifacts, notes: left } = existsSync(root)
    ? (await import('./already-there.ts')).keepExisting(root, generated)
    : { artifacts: generated, notes: [] };
  const notes = [...left, ...unsecured(answers), ...[lackOf(answers.client) ?? []].flat()];
  const plan = await planWrite(root, artifacts, { krafter: krafterVersion });
  const report = planReport(plan);
  const conflicts = report.files.filter(({ action }) => action === 'conflict');
  const shown = { ...report, answers, inferred: found.told, notes: [...found.notes, ...notes] };
  if (conflicts.length > 0) {
    throw refuse(
      {
        what: `${conflicts.length} file${conflicts.length === 1 ? ' is' : 's are'} there already with other content; nothing was written.`,
        where: conflicts
          .map(({ path }) => path)
          .slice(0, 8)
          .join('\n'),
        why: 'A file of yours is never changed by `krafter new`.',
        next: 'Choose a folder of its own, or move these aside: krafter new NAME',
      },
      shown,
    );
  }
  if (options.dryRun) {
    if (options.json) printJson(shown);
    else print((await import('./tree.ts')).planTree(name, report));
    for (const note of notes) remark(note);
    return;
  }
  await applyPlan(plan);
  for (const note of options.json ? notes : []) remark(note);
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
  for (const note of notes) remark(note);
  const go = place === '.' ? '' : `cd ${shellWord(place)} && `;
  const next = `Next: ${go}krafter up, then krafter verify. ${blueprint.readme} explains the rest.`;
  tell(dim(`\n${wrap(next, '')}`));
}

const shellWord = (word: string): string =>
  /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** A platform without its answers: krafter would take its files for its own, and change them. */
function refuseRemains(root: string): void {
  if (!existsSync(join(root, lockFile))) return;
  throw refuse({
    what: `There is a platform here, but its ${blueprintFile} is gone.`,
    where: join(root, lockFile),
    why: 'Its files would be changed and removed for another one.',
    next: `Put it back: git checkout -- ${blueprintFile}. Or choose another folder. To keep these files as your own, delete ${lockFile} first.`,
  });
}

/** For development it is the default; for production it is said. */
const unsecured = ({ tier, security }: Answers): string[] =>
  tier === 1 || security !== 'none'
    ? []
    : [
        `Security none in tier ${tier}: whoever reaches a broker's port may read, write and delete everything. Change it before the first start: security: scram in ${blueprintFile}, then krafter synth`,
      ];

const remark = (text: string): void => tell(`${yellow('!')} ${wrap(text, '  ')}`);

type Found = {
  readonly given: Given;
  readonly lines: readonly string[];
  /** What could not be looked at, and why. */
  readonly notes: readonly string[];
  readonly told: readonly unknown[];
};

async function lookInto(root: string): Promise<Found> {
  if (!existsSync(root)) return { given: {}, lines: [], notes: [], told: [] };
  const { infer } = await import('../answers/inference/index.ts');
  const { told } = await import('../answers/inference/report.ts');
  const { chosen, notes } = await infer(root);
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
    notes: brief(notes.map(({ file, says }) => `${file || '.'}: ${says}`)),
    told: sayings,
  };
}

const mostNotes = 3;

/** A folder can have a thousand broken files; the first ones say enough. */
const brief = (notes: readonly string[]): string[] =>
  notes.length <= mostNotes
    ? [...notes]
    : [...notes.slice(0, mostNotes), `${notes.length - mostNotes} more files could not be read`];
