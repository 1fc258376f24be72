import { folderOf } from '../../files/folder.ts';
import type { Project, ProjectFile } from '../../files/project-file.ts';
import type { ReadCode } from './languages/index.ts';
import type { Code } from './program.ts';
import type { World } from './worth.ts';

/** So many read files are kept; what is asked about lies close together. */
const mostKept = 60;
/** A package of Go with more files is not looked through. */
const mostBeside = 40;

const kept = new WeakMap<Project, Map<string, Code>>();

/** Reads a file of the project once, as long as it is asked for again soon. */
export function codeOnce(project: Project, read: ReadCode, file: ProjectFile): Code {
  const own = kept.get(project) ?? new Map<string, Code>();
  kept.set(project, own);
  const known = own.get(file.path);
  const code = known?.file.text === file.text ? known : read(file);
  own.delete(file.path);
  own.set(file.path, code);
  for (const path of own.keys()) {
    if (own.size <= mostKept) break;
    own.delete(path);
  }
  return code;
}

/** What lies around a file in its repository. */
export function neighbours(project: Project, read: ReadCode): Pick<World, 'other' | 'beside'> {
  const open = (path: string): Code[] => {
    const file = project.file(path);
    try {
      return file ? [codeOnce(project, read, file)] : [];
    } catch {
      return [];
    }
  };
  const first = (paths: readonly string[]): Code[] => {
    for (const path of paths) {
      const found = open(path);
      if (found.length > 0) return found;
    }
    return [];
  };
  const packageIn = (folder: string, except?: string): Code[] => {
    const paths = (project.folder?.(folder) ?? []).filter(
      (path) => path.endsWith('.go') && !path.endsWith('_test.go') && path !== except,
    );
    return paths.length > mostBeside ? [] : paths.flatMap(open);
  };
  return {
    other(from, module) {
      const { path } = from.file;
      switch (from.language) {
        case 'java':
        case 'kotlin':
          return first(classFiles(from, module));
        case 'python':
          return first(pythonFiles(path, module));
        case 'typescript':
          return first(scriptFiles(path, module));
        case 'go':
          return (
            inRepository(path, module)
              .map((folder) => packageIn(folder))
              .find((found) => found.length > 0) ?? []
          );
      }
    },
    beside(code, name) {
      const { path } = code.file;
      if (code.language === 'go') return packageIn(folderOf(path), path);
      if (code.language !== 'java' && code.language !== 'kotlin') return [];
      if (!/^[A-Z]\w*$/.test(name)) return [];
      const file = `${folderOf(path)}${name}${extensionOf(path)}`;
      return file === path ? [] : open(file);
    },
  };
}

const extensionOf = (path: string) => path.slice(path.lastIndexOf('.'));

/** `com.example.Topics` beside the folder that this file's own package begins in. */
function classFiles({ file: { path }, module = '' }: Code, name: string): string[] {
  const own = `${module.replaceAll('.', '/')}/`;
  const folder = folderOf(path);
  if (!folder.endsWith(own)) return [];
  const root = folder.slice(0, folder.length - own.length);
  return [`${root}${name.replaceAll('.', '/')}${extensionOf(path)}`];
}

function pythonFiles(path: string, module: string): string[] {
  const [, dots = '', rest = ''] = /^(\.*)(.*)$/.exec(module) ?? [];
  const inside = rest.replaceAll('.', '/');
  const at = (folder: string) =>
    inside === ''
      ? [`${folder}__init__.py`]
      : [`${folder}${inside}.py`, `${folder}${inside}/__init__.py`];
  let folder = folderOf(path);
  if (dots !== '') {
    for (let up = 1; up < dots.length; up++) folder = above(folder);
    return at(folder);
  }
  const found: string[] = [];
  for (;;) {
    found.push(...at(folder));
    if (folder === '') return found;
    folder = above(folder);
  }
}

const above = (folder: string): string => folderOf(folder.slice(0, -1));

function scriptFiles(path: string, module: string): string[] {
  if (!module.startsWith('.')) return [];
  const parts: string[] = folderOf(path).split('/').slice(0, -1);
  for (const part of module.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  const whole = parts.join('/');
  const stem = whole.replace(/\.[cm]?[jt]sx?$/, '');
  return ['ts', 'mts', 'tsx', 'js', 'mjs', 'cjs']
    .map((extension) => `${stem}.${extension}`)
    .concat(`${whole}.ts`, `${whole}/index.ts`, `${whole}/index.js`);
}

/** Folders of this repository that the end of an import's path names. */
function inRepository(path: string, module: string): string[] {
  const parts = module.split('/');
  const roots = folderOf(path)
    .split('/')
    .map((_, index, all) => all.slice(0, index).join('/'));
  return parts.flatMap((_, index) =>
    index === 0
      ? []
      : [...new Set(roots)].map(
          (root) => `${root === '' ? '' : `${root}/`}${parts.slice(index).join('/')}/`,
        ),
  );
}
