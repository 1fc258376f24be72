import { ProjectFile } from '../files/project-file.ts';
import type { Edit, Finding } from './rule.ts';

type Stretch = { readonly start: number; readonly end: number; readonly text: string };

/** A fix may make room for the next; more rounds than this only two that undo each other need. */
const mostRounds = 10;

export type Fixed = {
  /** The new texts, without the byte order mark that ProjectFile takes off. */
  readonly texts: ReadonlyMap<string, string>;
  readonly fixed: readonly Finding[];
  /** What is left, in the new texts. */
  readonly left: readonly Finding[];
};

/** Mends what can be mended, and looks again, until nothing more is to be done. */
export async function fixAll(
  files: readonly ProjectFile[],
  checkAgain: (files: readonly ProjectFile[]) => Promise<readonly Finding[]>,
  {
    unsafe = false,
    only = () => true,
  }: { unsafe?: boolean; only?: (one: Finding) => boolean } = {},
): Promise<Fixed> {
  const texts = new Map<string, string>();
  const fixed: Finding[] = [];
  let now = files;
  let left = await checkAgain(now);
  const isMeant = (one: Finding) => (one.fix?.safe || unsafe) && only(one);
  for (let round = 0; round < mostRounds; round++) {
    const { changed, applied } = fixOnce(now, left.filter(isMeant));
    if (applied.length === 0) break;
    for (const [path, text] of changed) texts.set(path, text);
    fixed.push(...applied);
    now = now.map((file) => {
      const text = changed.get(file.path);
      return text === undefined ? file : new ProjectFile(file.path, text);
    });
    left = await checkAgain(now);
  }
  return { texts, fixed, left };
}

/** All fixes that do not touch each other; of two that do, the first. */
export function fixOnce(files: readonly ProjectFile[], findings: readonly Finding[]) {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const taken = new Map<string, Stretch[]>();
  const applied: Finding[] = [];
  for (const finding of findings) {
    const edits = (finding.fix?.edits ?? []).map((edit) => {
      const file = byPath.get(edit.at.file);
      return { path: edit.at.file, stretch: file && stretchOf(edit, file) };
    });
    const fits = edits.every(
      ({ path, stretch }) =>
        stretch && !(taken.get(path) ?? []).some((other) => overlap(stretch, other)),
    );
    if (!fits || edits.length === 0) continue;
    for (const { path, stretch } of edits)
      if (stretch) taken.set(path, [...(taken.get(path) ?? []), stretch]);
    applied.push(finding);
  }
  const changed = new Map<string, string>();
  for (const [path, stretches] of taken) {
    const text = byPath.get(path)?.text ?? '';
    changed.set(path, replaced(text, stretches));
  }
  return { changed, applied };
}

const overlap = (one: Stretch, other: Stretch) =>
  (one.start < other.end && other.start < one.end) || one.start === other.start;

function replaced(text: string, stretches: readonly Stretch[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text: next } of stretches.toSorted((a, b) => a.start - b.start)) {
    parts.push(text.slice(at, start), next);
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** Where an edit goes, exactly; undefined where the file is not as the rule thinks. */
export function stretchOf({ at, text, was, whole }: Edit, file: ProjectFile): Stretch | undefined {
  // Readers that count a lone CR as the end of a line mean other lines.
  if (/\r(?!\n)/.test(file.text)) return undefined;
  const [start, end] = [file.offset(at.line, at.column), file.offset(at.endLine, at.endColumn)];
  if (start === undefined || end === undefined || end < start) return undefined;
  if (whole === 'line') return wholeLines(file, start, end);
  const written = file.line(at.line).endsWith('\r\n') ? text.replaceAll('\n', '\r\n') : text;
  if (was === undefined) return { start, end, text: written };
  const old = file.text.slice(start, end);
  if (old === was) {
    // In code a word without quotes is something else.
    const needsQuotes = isCode.test(file.path) && !(isLiteral(was) && isLiteral(text));
    return needsQuotes ? undefined : { start, end, text: written };
  }
  const quote = old[0];
  if ((quote !== '"' && quote !== "'") || old !== `${quote}${was}${quote}`) return undefined;
  return /["'\\\n]/.test(text) ? undefined : { start: start + 1, end: end - 1, text };
}

const isCode = /\.(java|kts?|scala|groovy|gradle|go|[cm]?[jt]sx?|py|rs|cs|rb)$/;
const isLiteral = (text: string) => /^\d+$/.test(text);

/** The lines of a setting, where they hold nothing else. */
function wholeLines(file: ProjectFile, start: number, end: number): Stretch | undefined {
  const { text, path } = file;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', end);
  const to = newline === -1 ? text.length : newline + 1;
  const [before, after] = [text.slice(from, start), text.slice(end, to)];
  if (after.trim() !== '') return undefined;
  // A file that does not end with a newline goes on not to.
  const stretch =
    newline === -1 && from > 0
      ? { start: text[from - 2] === '\r' ? from - 2 : from - 1, end: to, text: '' }
      : { start: from, end: to, text: '' };
  if (/\.(properties|env|conf)$/.test(path) || /(^|\/)\.env/.test(path))
    return before.trim() === '' ? stretch : undefined;
  if (!/\.ya?ml$/.test(path) || !/^\s*(- )?$/.test(before)) return undefined;
  // Alone in its map or list it would leave nothing behind, which means something else.
  const own = before.search(/\S|$/);
  const isBeside = (line: string) => line.search(/\S/) === own && !/^\s*#/.test(line);
  const above =
    text
      .slice(0, Math.max(0, from - 1))
      .split('\n')
      .at(-1) ?? '';
  const below = text.slice(to).split('\n')[0] ?? '';
  return text.slice(start, end).includes('\n') || !(isBeside(above) || isBeside(below))
    ? undefined
    : stretch;
}
