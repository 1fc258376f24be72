/** What a person does to the files of a project, and whether it is still there. */
import { readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { offerSuffix } from '../../src/project/paths.ts';
import { read, write } from './project-folder.ts';

export const edit = fc.record({
  kind: fc.constantFrom(
    ...(['insert', 'insert', 'insert', 'append', 'change', 'change', 'remove-line'] as const),
    ...(['key', 'key', 'delete', 'add', 'settle', 'crlf', 'unended'] as const),
  ),
  file: fc.nat(1000),
  line: fc.nat(1000),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

/** Every line that a person writes has a word of its own. */
const isMine = (text: string) => /mine\d/.test(text);

/** The person's lines that are not in the text any more. */
export function lost(before: string, after: string): string[] {
  // The tree says the mode first.
  const lines = (text: string) =>
    text
      .replace(/^[0-7]{3} /, '')
      .split('\n')
      .map((line) => line.trimEnd().replace(/,$/, ''));
  const still = new Set(lines(after));
  return lines(before).filter((line) => isMine(line) && !still.has(line));
}

/** Every file that a person may touch; the lock is krafter's. */
export const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'krafter.lock.json')
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .sort();

/** Makes an edit in one of the files; `word` marks what is new in it. */
export function make(
  folder: string,
  { kind, file, line }: Edit,
  word: string,
  choose: (paths: string[], file: number) => string | undefined = (paths, file) =>
    paths[file % paths.length],
) {
  const files = filesOf(folder);
  const path = choose(files, file);
  if (!path) return;
  const text = read(folder, path);
  const lines = text.split('\n');
  const at = line % lines.length;
  const margin = /^\s*(- )?/.exec(lines[at] ?? '')?.[0].replace('-', ' ') ?? '';
  const put = (...next: string[]) => writeFileSync(join(folder, path), next.join('\n'));
  const isJson = path.includes('.json');
  const said = isJson ? `${margin}"${word}": 1,` : `${margin}# ${word}`;
  switch (kind) {
    case 'insert':
      return put(...lines.slice(0, at), said, ...lines.slice(at));
    case 'append':
      return put(...lines.slice(0, -1), isJson ? '' : `# ${word}`, '');
    case 'unended':
      return put(...lines, isJson ? '' : `# ${word}`);
    case 'change':
      return put(...lines.with(at, changed(lines[at] ?? '', word)));
    case 'remove-line':
      return isMine(lines[at] ?? '') ? undefined : put(...lines.toSpliced(at, 1));
    case 'key':
      return put(...lines.slice(0, at), `${margin}${key(path, word)}`, ...lines.slice(at));
    case 'crlf':
      return put(text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'));
    case 'delete':
      return isMine(text) ? undefined : unlinkSync(join(folder, path));
    case 'add':
      return write(folder, `${path}.${word}`, `${word}\n`);
    case 'settle': {
      const offer = files.find((one) => one.endsWith(offerSuffix));
      if (offer && !isMine(read(folder, offer))) unlinkSync(join(folder, offer));
    }
  }
}

const changed = (line: string, word: string) =>
  /\d+/.test(line) ? line.replace(/\d+/, (value) => `${value}${word}`) : `${line} ${word}`;

function key(path: string, word: string): string {
  if (path.includes('.json')) return `"${word}": "${word}",`;
  return /\.ya?ml/.test(path) ? `${word}: ${word}` : `${word}=${word}`;
}
