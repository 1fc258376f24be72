import { existsSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { isExcluded } from '../check/policy/apply.ts';
import { findPolicy } from '../check/policy/find.ts';
import type { Policy } from '../check/policy/load.ts';
import type { Format, FormatName, Report } from '../check/report/report.ts';
import { fingerprintsIn, isTold, type Looked, lookAt } from '../check/repository.ts';
import { severities } from '../check/rule.ts';
import { rules } from '../check/rules/index.ts';
import { exitCode, refuse } from '../errors.ts';
import { ProjectFile } from '../files/project-file.ts';
import { openRepository, type Repository } from '../landscape/repository.ts';
import type { CheckOptions, IsKnown } from './check-options.ts';
import { absolute } from './folders.ts';
import { paintOf, print, slowly } from './output.ts';
import { krafterVersion } from './version.ts';

/** `krafter check`: exit 1 when something counts as much as --fail-on, or more. */
export async function checkPath(path: string | undefined, options: CheckOptions): Promise<void> {
  refuseMixed(options);
  const format = options.json ? 'json' : (options.format ?? 'text');
  const subject = subjectOf(path, options.stdinFilename);
  const { policy, folder } = findPolicy(subject.folder, rules);
  // Where krafter.check.yaml lies further up, its paths begin there.
  const within = relative(folder, subject.folder).split('\\').join('/');
  const isOut = (file: string) => isExcluded(policy, within ? `${within}/${file}` : file);
  const repository = await openRepository(subject.folder, isOut);
  if (options.target) {
    const { showMigration } = await import('./check-target.ts');
    await showMigration(repository, policy, options.target, format === 'json');
    return;
  }
  if (options.prove) {
    const { proveConfigurations } = await import('./check-prove.ts');
    const { interruptSignal } = await import('./interrupt.ts');
    await proveConfigurations(
      repository,
      policy,
      subject.file,
      format === 'json',
      interruptSignal(),
    );
    return;
  }
  const waiting = slowly('reading files');
  const isKnown = await knownOf(subject.folder, policy, isOut, options);
  if (options.fix || options.showFixes) {
    waiting.end();
    const { fixFiles } = await import('./check-fix.ts');
    const files = [...chosen(repository, subject.file)];
    const again = await fixFiles(subject.folder, files, repository, policy, options, isKnown);
    if (!again) return;
    const text = (file: string) => again.files.get(file) ?? repository.file(file);
    const report = reportOf(again.looked, repository, text, options.all === true, isKnown);
    return conclude(report, format, options);
  }
  const given = await subject.given?.();
  const looked = await lookAt(
    given ? [given] : chosen(repository, subject.file),
    given ? instead(repository, given) : repository,
    policy,
  );
  waiting.end();
  const text = (file: string) => (file === given?.path ? given : repository.file(file));
  const report = reportOf(looked, repository, text, options.all === true, isKnown);
  if (options.baseline) {
    const { keepBaseline } = await import('./check-known.ts');
    if (keepBaseline(options.baseline, looked, text, options.updateBaseline === true)) return;
  }
  await conclude(report, format, options);
}

async function conclude(report: Report, format: FormatName, options: CheckOptions): Promise<void> {
  const render = await rendererOf(format);
  const out = render(report);
  if (out !== '') print(out);
  const limit = severities.indexOf(options.failOn ?? 'warning');
  if (report.reported.some(({ severity }) => severities.indexOf(severity) <= limit))
    process.exitCode = exitCode.no;
}

async function knownOf(
  folder: string,
  policy: Policy,
  isOut: (path: string) => boolean,
  { baseline, updateBaseline, diff }: CheckOptions,
): Promise<IsKnown> {
  if (!baseline && !diff) return () => false;
  const { fingerprintsAt, readBaseline } = await import('./check-known.ts');
  const before = diff ? await fingerprintsAt(folder, diff, policy, isOut) : new Set<string>();
  const entries = baseline && !updateBaseline ? readBaseline(baseline) : [];
  const known = new Set([...before, ...entries.map(({ fingerprint }) => fingerprint)]);
  return (fingerprint) => known.has(fingerprint);
}

function refuseMixed(options: CheckOptions): void {
  const refused = (what: string, where: string, next: string) => refuse({ what, where, next });
  const { fix, showFixes, baseline, updateBaseline, stdinFilename, target, prove } = options;
  if (typeof fix === 'string' && fix !== 'unsafe')
    throw refused(`--fix is not ${fix}.`, '--fix', 'krafter check FOLDER --fix, or --fix=unsafe');
  if (updateBaseline && !baseline)
    throw refused('--update-baseline does not say which.', '--update-baseline', '--baseline FILE');
  if (updateBaseline && (fix || options.diff))
    throw refused(
      'A baseline is of everything there is.',
      '--update-baseline',
      'One after the other.',
    );
  if ((fix || showFixes) && stdinFilename !== undefined)
    throw refused('What comes on standard input can not be mended.', '--fix', 'Name the file.');
  const list = target ? '--target' : prove && '--prove';
  const others = fix || showFixes || baseline || options.diff || stdinFilename !== undefined;
  if (list && (others || (target && prove)))
    throw refused(`${list} is a list of its own.`, list, 'Leave the others out.');
}

type Subject = {
  readonly folder: string;
  /** One file of it. */
  readonly file?: string;
  /** A file that comes from elsewhere. */
  readonly given?: () => Promise<ProjectFile>;
};

function subjectOf(path: string | undefined, stdinFilename: string | undefined): Subject {
  if (stdinFilename !== undefined) {
    const file = absolute(stdinFilename);
    const top = path === undefined ? topOf(dirname(file)) : absolute(path);
    const name = relative(top, file).split('\\').join('/');
    const isBelow = name !== '' && !name.startsWith('..') && !isAbsolute(name);
    const folder = isBelow ? top : dirname(file);
    return {
      folder,
      given: async () =>
        new ProjectFile(isBelow ? name : basename(file), await readAll(process.stdin)),
    };
  }
  const whole = absolute(path ?? '.');
  const stat = statSync(whole, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return { folder: whole };
  if (stat?.isFile()) {
    const top = topOf(dirname(whole));
    return { folder: top, file: relative(top, whole).split('\\').join('/') };
  }
  throw refuse({
    what: stat ? 'This is neither a folder nor a file.' : 'There is no such file or folder.',
    where: whole,
    next: 'krafter check FOLDER',
  });
}

/** The repository around a folder, or the folder. */
function topOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return resolve(folder);
  }
}

function chosen(repository: Repository, file: string | undefined): Iterable<ProjectFile> {
  if (file === undefined) return repository.files();
  const own = repository.file(file);
  return own ? [own] : [];
}

const instead = (repository: Repository, given: ProjectFile) => ({
  ...repository,
  file: (path: string) => (path === given.path ? given : repository.file(path)),
});

function reportOf(
  looked: Looked,
  repository: Repository,
  open: (path: string) => ProjectFile | undefined,
  all: boolean,
  isKnown: IsKnown,
): Report {
  const { findings, suppressed, environments, notes, files } = looked;
  const texts = new Map<string, ProjectFile | undefined>();
  const text = (path: string) => {
    if (!texts.has(path)) texts.set(path, open(path));
    return texts.get(path);
  };
  const fingerprints = fingerprintsIn(looked, text);
  const reported = findings
    .map((one) => ({ ...one, fingerprint: fingerprints.get(one.finding) ?? '' }))
    .filter(({ fingerprint }) => !isKnown(fingerprint));
  const shown = reported.filter((one) => all || isTold(one));
  return {
    krafter: krafterVersion,
    reported: shown,
    hidden: reported.length - shown.length,
    suppressed: suppressed.length,
    environments,
    notes: [...repository.notes, ...notes],
    files,
    text,
  };
}

async function rendererOf(format: FormatName): Promise<Format> {
  switch (format) {
    case 'text': {
      const { text } = await import('../check/report/text.ts');
      return (report) => text(report, paintOf(process.stdout));
    }
    case 'json':
      return (await import('../check/report/json.ts')).json;
    case 'sarif':
      return (await import('../check/report/sarif.ts')).sarif;
    case 'github':
      return (await import('../check/report/github.ts')).github;
    case 'gitlab':
      return (await import('../check/report/gitlab.ts')).gitlab;
    case 'markdown':
      return (await import('../check/report/markdown.ts')).markdown;
    case 'junit':
      return (await import('../check/report/junit.ts')).junit;
  }
}
