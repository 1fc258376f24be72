import { basename, dirname } from 'node:path';
import { execa } from 'execa';
import { KrafterError, obstacle, refuse } from '../errors.ts';
import { largestFile, ProjectFile } from './project-file.ts';

const mostBytes = 500_000_000;

/**
 * Nothing of a repository is executed: no hooks, no fsmonitor, no filters, and objects that a
 * partial clone lacks are not fetched (a remote may name a program).
 */
const safely = [
  ...['--no-pager', '--no-replace-objects', '--no-optional-locks'],
  ...['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'protocol.allow=never'],
];
const environment = { GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };

async function git(folder: string, words: readonly string[], input = ''): Promise<Buffer> {
  const { GIT_DIR: _, GIT_WORK_TREE: __, GIT_INDEX_FILE: ___, ...own } = process.env;
  const result = await execa('git', [...safely, '-C', folder, ...words], {
    input,
    encoding: 'buffer',
    reject: false,
    timeout: 120_000,
    extendEnv: false,
    env: { ...own, ...environment },
    maxBuffer: mostBytes,
    stripFinalNewline: false,
  });
  if (result.exitCode === 0) return Buffer.from(result.stdout);
  if (result.code === 'ENOENT')
    throw obstacle({
      what: 'git was not found.',
      where: 'git',
      why: 'What was there before is read through it.',
      next: 'Install git, or ask without what was there before.',
    });
  throw new GitError(Buffer.from(result.stderr ?? '').toString());
}

class GitError extends Error {}

export type GitTree = {
  /** Where the change began. */
  readonly commit: string;
  /** Of the folder, by paths relative to it, those that are wanted; no links, nothing binary. */
  readonly files: readonly ProjectFile[];
};

/** The most commits that are looked at. */
export const mostVersions = 100;

export type Versions = {
  /** The oldest first, each other than the one before it. */
  readonly texts: readonly string[];
  /** There are older ones. */
  readonly older: boolean;
};

/** What a file was in the commits that changed it, on the way to HEAD. Renames are not followed. */
export async function versionsOf(file: string, asker: Asker): Promise<Versions> {
  const [folder, name] = [dirname(file), basename(file)];
  await asked(folder, 'HEAD', ['rev-parse', '--show-prefix'], 'no repository', asker);
  const words = ['rev-list', `--max-count=${mostVersions + 1}`, 'HEAD', '--', name];
  const listed = await asked(folder, 'HEAD', ['--literal-pathspecs', ...words], 'unknown', asker);
  const commits = listed.split('\n').filter((line) => line !== '');
  const texts = await textsAt(folder, commits.slice(0, mostVersions).toReversed(), name);
  return {
    texts: texts.filter((text, index) => text !== texts[index - 1]),
    older: commits.length > mostVersions,
  };
}

/** A file as it was where HEAD and `base` part; undefined where it was not there yet. */
export async function versionAt(
  file: string,
  base: string,
  asker: Asker,
): Promise<string | undefined> {
  const [folder, name] = [dirname(file), basename(file)];
  const commit = await commonCommit(folder, base, asker);
  const [text] = await textsAt(folder, [commit], name);
  return text;
}

/** Of those commits that have the file, and not as something binary or huge. */
async function textsAt(
  folder: string,
  commits: readonly string[],
  name: string,
): Promise<string[]> {
  if (commits.length === 0 || name.includes('\n')) return [];
  const names = commits.map((commit) => `${commit}:./${name}\n`).join('');
  const kinds = (await git(folder, ['cat-file', '--batch-check'], names)).toString('utf8');
  const wanted = kinds.split('\n').flatMap((line) => {
    const [, object, size] = /^([0-9a-f]+) blob (\d+)$/.exec(line) ?? [];
    return object && Number(size) <= largestFile ? [{ object, path: name }] : [];
  });
  const found = wanted.length === 0 ? Buffer.alloc(0) : await contents(folder, wanted);
  return [...blobs(found, wanted)].map(({ text }) => text);
}

/** The files of a folder as they were where HEAD and `base` part. */
export async function treeAt(
  folder: string,
  base: string,
  isWanted: (path: string) => boolean,
): Promise<GitTree> {
  const top = await asked(folder, base, ['rev-parse', '--show-prefix'], 'no repository', diff);
  const shared = await commonCommit(folder, base, diff);
  const root = top === '' ? shared : `${shared}:${top.replace(/\/$/, '')}`;
  const listing = await git(folder, ['ls-tree', '-r', '-z', '-l', '--full-tree', root]).catch(
    // The folder is new.
    () => Buffer.alloc(0),
  );
  const wanted = listing
    .toString('utf8')
    .split('\0')
    .flatMap((entry) => {
      const match = /^100[0-7]{3} blob ([0-9a-f]+) +([0-9]+)\t(.*)$/s.exec(entry);
      const [, object, size, path] = match ?? [];
      if (!object || !path || Number(size) > largestFile || !isWanted(path)) return [];
      return [{ object, path }];
    });
  const texts = wanted.length === 0 ? Buffer.alloc(0) : await contents(folder, wanted);
  return { commit: shared, files: [...blobs(texts, wanted)] };
}

async function commonCommit(folder: string, base: string, asker: Asker): Promise<string> {
  const of = ['--verify', '--quiet', '--end-of-options', `${base}^{commit}`];
  const commit = await asked(folder, base, ['rev-parse', ...of], 'unknown', asker);
  return asked(folder, base, ['merge-base', commit, 'HEAD'], 'unrelated', asker);
}

const contents = (folder: string, wanted: readonly { readonly object: string }[]) =>
  git(folder, ['cat-file', '--batch'], wanted.map(({ object }) => `${object}\n`).join(''));

/** `<object> blob <size>\n<content>\n`, in the order in which they were asked for. */
function* blobs(batch: Buffer, wanted: readonly { readonly path: string }[]) {
  let at = 0;
  for (const { path } of wanted) {
    const end = batch.indexOf(10, at);
    const size = /^[0-9a-f]+ blob ([0-9]+)$/.exec(batch.toString('latin1', at, end))?.[1];
    at = end + 1;
    // Missing: a partial clone.
    if (size === undefined) continue;
    const content = batch.subarray(at, at + Number(size));
    at += Number(size) + 1;
    if (!content.includes(0)) yield new ProjectFile(path, content.toString('utf8'));
  }
}

async function asked(
  folder: string,
  base: string,
  words: readonly string[],
  otherwise: keyof typeof refusals,
  asker: Asker,
): Promise<string> {
  try {
    return (await git(folder, words)).toString('utf8').trim();
  } catch (error) {
    if (error instanceof KrafterError) throw error;
    const said = error instanceof GitError ? error.message : '';
    const kind = /dubious ownership/.test(said) ? 'foreign' : otherwise;
    throw refuse({ where: asker.where, ...refusals[kind](folder, base, asker) });
  }
}

/** Who wants to know what was before. */
type Asker = { readonly where: string; readonly without: string };

const diff: Asker = { where: '--diff', without: 'Check everything: leave out --diff.' };

const refusals = {
  'no repository': (folder: string, _: string, { without }: Asker) => ({
    what: `${folder} is in no git repository with a work tree.`,
    why: 'There is nothing to compare it with.',
    next: without,
  }),
  foreign: (folder: string) => ({
    what: `${folder} belongs to somebody else, and git refuses to read it.`,
    next: `git config --global --add safe.directory ${folder}`,
  }),
  unknown: (_: string, base: string) => ({
    what: `git knows no commit ${JSON.stringify(base.slice(0, 100))}.`,
    next: 'A branch or commit that is there, such as origin/main; a shallow clone needs git fetch first.',
  }),
  unrelated: (_: string, base: string) => ({
    what: `HEAD and ${JSON.stringify(base.slice(0, 100))} have no commit in common here.`,
    why: 'Without it nobody can say what the change brings.',
    next: 'In a shallow clone: git fetch --unshallow',
  }),
} as const;
