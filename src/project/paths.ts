import type { Artifact } from '../artifacts/artifact.ts';
import { refuse } from '../errors.ts';

/** What krafter wrote, beside the project's files and kept in git. */
export const lockFile = 'krafter.lock.json';
/** krafter's own room in a project: staging, journal, the lock of a run. */
export const workFolder = '.krafter';
/** A conflicted file's new text lies beside it under this ending. */
export const offerSuffix = '.krafter-new';

export const offerPath = (path: string) => `${path}${offerSuffix}`;
export const ownerOf = (path: string) =>
  path.endsWith(offerSuffix) ? path.slice(0, -offerSuffix.length) : path;

/** Refuses paths that leave the project, belong to others, or meet on a case-insensitive disk. */
export function checkPaths(artifacts: readonly Artifact[]): void {
  const taken = new Map<string, string>();
  for (const { path } of artifacts) {
    const problem = pathProblem(path);
    if (problem) throw badPath(path, problem);
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      const folder = path.slice(0, slash + 1);
      const there = taken.get(folded(folder.slice(0, -1)));
      if (there === undefined) taken.set(folded(folder.slice(0, -1)), folder);
      else if (there !== folder) throw badPath(path, `collides with ${there}`);
    }
    const there = taken.get(folded(path));
    if (there !== undefined) throw badPath(path, `collides with ${there}`);
    taken.set(folded(path), path);
  }
}

/** Why a generated file may not have this path, or undefined. */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.includes('\\')) return 'has a backslash';
  if (/\p{Cc}/u.test(path)) return 'has a control character';
  if (path.startsWith('/') || /^[a-zA-Z]:/.test(path)) return 'is absolute';
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..'))
    return 'has an empty, "." or ".." part';
  if (parts.some((part) => Buffer.byteLength(part) > 240)) return 'has a part above 240 bytes';
  if (parts.some((part) => folded(part) === '.git')) return 'belongs to git';
  const first = folded(parts[0] ?? '');
  if (first === workFolder || folded(path) === lockFile || folded(path).endsWith(offerSuffix))
    return 'is a name krafter keeps for itself';
  return undefined;
}

// macOS and Windows fold case, macOS also Unicode's composed and decomposed forms.
const folded = (path: string) => path.normalize('NFC').toLowerCase();

const badPath = (path: string, problem: string) =>
  refuse({
    what: `A generated file can't be called ${JSON.stringify(path)}: the path ${problem}.`,
    where: path,
    why: 'It would be written outside the project, or over another file.',
    next: 'Rename what it is named after in krafter.yaml.',
  });
