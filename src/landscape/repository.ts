import { join } from 'node:path';
import { folderOf } from '../files/folder.ts';
import { type Project, ProjectFile, readText } from '../files/project-file.ts';
import { type Note, walk } from '../files/walk.ts';
import { readers } from './readers/index.ts';

/** A folder's files, as far as a reader may want them. */
export type Repository = Project & {
  /** Each opened when its turn comes. */
  readonly files: () => Iterable<ProjectFile>;
  /** What could not be looked at; complete when all files were. */
  readonly notes: readonly Note[];
};

const mostEntries = 200_000;

/** What tools made, or other people wrote. Tests and examples are read: they are development. */
const aside = new Set([
  'node_modules',
  'bower_components',
  'site-packages',
  'vendor',
  'third_party',
  'target',
  'dist',
  'venv',
  '__pycache__',
]);
/** Folders whose name starts with a dot and that people write by hand. */
const hidden = new Set(['.github', '.gitlab', '.circleci', '.docker']);

/** Whether a file at this path would be walked to, as far as its folders' names tell. */
export const isWalked = (path: string): boolean => path.split('/').slice(0, -1).every(isEntered);

const isEntered = (name: string): boolean =>
  name.startsWith('.') ? hidden.has(name) : !aside.has(name);

export async function openRepository(
  folder: string,
  isExcluded: (path: string) => boolean = () => false,
): Promise<Repository> {
  const { default: ignored } = await import('ignore');
  const { paths, notes: found } = walk(folder, {
    mostEntries,
    enters: isEntered,
    takes: () => true,
    isForeign: (names) => names.includes('pyvenv.cfg'),
    ignored,
  });
  const own = paths.filter((path) => !isExcluded(path));
  const listed = new Set(own);
  const notes: Note[] = [...found];
  const open = (path: string): ProjectFile | undefined => {
    const content = readText(join(folder, path));
    if (content === 'binary') return undefined;
    if ('text' in content) return new ProjectFile(path, content.text);
    notes.push({ file: path, says: content.skipped });
    return undefined;
  };
  let folders: Map<string, string[]> | undefined;
  return {
    notes,
    folder: (path) => {
      folders ??= Map.groupBy(own, folderOf);
      return folders.get(path) ?? [];
    },
    file: (path) => (listed.has(path) ? open(path) : undefined),
    *files() {
      for (const path of own) {
        if (!readers.some((reader) => reader.files.test(path))) continue;
        const file = open(path);
        if (file) yield file;
      }
    },
  };
}
