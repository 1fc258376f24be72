import { existsSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { fingerprintsOf } from '../check/fingerprint.ts';
import { isExcluded } from '../check/policy/apply.ts';
import { findPolicy } from '../check/policy/find.ts';
import type { Format, Report } from '../check/report/report.ts';
import { type Looked, lookAt } from '../check/repository.ts';
import type { Severity } from '../check/rule.ts';
import { rules } from '../check/rules/index.ts';
import { exitCode, refuse } from '../errors.ts';
import { ProjectFile } from '../files/project-file.ts';
import { openRepository, type Repository } from '../landscape/repository.ts';
import type { FormatName, Level } from './commands/check.ts';
import { absolute } from './folders.ts';
import { paintOf, print, progressLines } from './output.ts';
import { krafterVersion } from './version.ts';

export type CheckOptions = {
  format?: FormatName;
  failOn?: Level;
  all?: true;
  stdinFilename?: string;
  json?: true;
};

const order: readonly Severity[] = ['error', 'warning', 'info'];

/** `krafter check`: exit 1 when something counts as much as --fail-on, or more. */
export async function checkPath(path: string | undefined, options: CheckOptions): Promise<void> {
  const format = options.json ? 'json' : (options.format ?? 'text');
  const subject = subjectOf(path, options.stdinFilename);
  const { policy, folder } = findPolicy(subject.folder, rules);
  // Where krafter.check.yaml lies further up, its paths begin there.
  const within = relative(folder, subject.folder).split('\\').join('/');
  const repository = await openRepository(subject.folder, (file) =>
    isExcluded(policy, within ? `${within}/${file}` : file),
  );
  const waiting = slowly('reading files');
  const given = await subject.given?.();
  const looked = await lookAt(
    given ? [given] : chosen(repository, subject.file),
    given ? instead(repository, given) : repository,
    policy,
  );
  waiting.end();
  const report = reportOf(looked, repository, given, options.all === true);
  const render = await rendererOf(format);
  const out = render(report);
  if (out !== '') print(out);
  const limit = order.indexOf(options.failOn ?? 'warning');
  if (report.reported.some(({ severity }) => order.indexOf(severity) <= limit))
    process.exitCode = exitCode.no;
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
  file: (path: string) => (path === given.path ? given : repository.file(path)),
});

function reportOf(
  { findings, suppressed, environments, notes, files }: Looked,
  repository: Repository,
  given: ProjectFile | undefined,
  all: boolean,
): Report {
  const texts = new Map<string, ProjectFile | undefined>();
  const text = (path: string) => {
    if (path === given?.path) return given;
    if (!texts.has(path)) texts.set(path, repository.file(path));
    return texts.get(path);
  };
  const fingerprints = fingerprintsOf(
    findings.map(({ finding }) => finding),
    text,
  );
  const reported = findings.map(({ finding, severity }) => ({
    finding,
    severity,
    fingerprint: fingerprints.get(finding) ?? '',
  }));
  const shown = reported.filter(
    ({ finding, severity }) => all || (severity !== 'info' && finding.rule.confidence !== 'low'),
  );
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

/** Says what it is doing, once it takes longer than a second. */
function slowly(what: string): { end: () => void } {
  const lines = progressLines();
  const timer = setTimeout(() => lines({ kind: 'step', text: what }), 1000);
  return {
    end() {
      clearTimeout(timer);
      lines.end();
    },
  };
}
