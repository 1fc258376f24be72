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
      where: '--diff',
      why: 'What was there before is read through it.',
      next: 'Install git, or check everything: leave out --diff.',
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

/** The files of a folder as they were where HEAD and `base` part. */
export async function treeAt(
  folder: string,
  base: string,
  isWanted: (path: string) => boolean,
): Promise<GitTree> {
  const top = await asked(folder, base, ['rev-parse', '--show-prefix'], 'no repository');
  const of = ['--verify', '--quiet', '--end-of-options', `${base}^{commit}`];
  const commit = await asked(folder, base, ['rev-parse', ...of], 'unknown');
  const shared = await asked(folder, base, ['merge-base', commit, 'HEAD'], 'unrelated');
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
): Promise<string> {
  try {
    return (await git(folder, words)).toString('utf8').trim();
  } catch (error) {
    if (error instanceof KrafterError) throw error;
    const said = error instanceof GitError ? error.message : '';
    throw refuse(refusals[/dubious ownership/.test(said) ? 'foreign' : otherwise](folder, base));
  }
}

const refusals = {
  'no repository': (folder: string) => ({
    what: `${folder} is in no git repository with a work tree.`,
    where: '--diff',
    why: 'There is nothing to compare it with.',
    next: 'Check everything: leave out --diff.',
  }),
  foreign: (folder: string) => ({
    what: `${folder} belongs to somebody else, and git refuses to read it.`,
    where: '--diff',
    next: `git config --global --add safe.directory ${folder}`,
  }),
  unknown: (_: string, base: string) => ({
    what: `git knows no commit ${JSON.stringify(base.slice(0, 100))}.`,
    where: '--diff',
    next: 'A branch or commit that is there, such as origin/main; a shallow clone needs git fetch first.',
  }),
  unrelated: (_: string, base: string) => ({
    what: `HEAD and ${JSON.stringify(base.slice(0, 100))} have no commit in common here.`,
    where: '--diff',
    why: 'Without it nobody can say what the change brings.',
    next: 'In a shallow clone: git fetch --unshallow',
  }),
} as const;
