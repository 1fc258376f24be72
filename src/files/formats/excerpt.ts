import type { Place } from '../place.ts';
import type { ProjectFile } from '../project-file.ts';
import type { YamlNode } from './yaml.ts';

/** A text within a file, not always letter for letter: indented there, escaped, or continued. */
export type Excerpt = {
  readonly text: string;
  /** Of a stretch of the text: where it stands in the file. */
  place(start: number, end: number): Place;
};

/** A stretch of the text around, or what it means: an escaped quote, a joined line. */
export type Piece = { readonly text: string; readonly offset: number };

/** Pieces of a file, or of another excerpt, put together. */
export function excerptOf(around: Pick<Excerpt, 'place'>, pieces: readonly Piece[]): Excerpt {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of pieces) {
    starts.push(length);
    length += text.length;
  }
  const offset = (index: number) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle;
    }
    return (pieces[low]?.offset ?? 0) + index - (starts[low] ?? 0);
  };
  return {
    text: pieces.map(({ text }) => text).join(''),
    place: (start, end) =>
      around.place(offset(start), end > start ? offset(end - 1) + 1 : offset(start)),
  };
}

/** A scalar of YAML, with the places of its characters where its form tells them; else with its own. */
export function excerptOfScalar(node: YamlNode, file: ProjectFile): Excerpt | undefined {
  const { text, at } = node;
  if (text === undefined) return undefined;
  const [start, end] = [
    file.offset(at.line, at.column) ?? 0,
    file.offset(at.endLine, at.endColumn) ?? file.text.length,
  ];
  const source = file.text.slice(start, end);
  const forms = /^[|>]/.test(source) ? [literal, folded] : [flow];
  for (const form of forms) {
    const excerpt = excerptOf(file, form(source, start));
    if (excerpt.text.trimEnd() === text.trimEnd()) return excerpt;
  }
  return { text, place: () => at };
}

type Line = Piece & { readonly end: Piece };

function linesOf(source: string, start: number): Line[] {
  return [...source.matchAll(/([^\r\n]*)(\r?\n|$)/g)].map(
    ({ 1: text = '', 2: end = '', index }) => ({
      text,
      offset: start + index,
      end: { text: end === '' ? '' : '\n', offset: start + index + text.length },
    }),
  );
}

/** The lines of a block, without what they are indented by. */
function inner(source: string, start: number): Line[] {
  const [, ...lines] = linesOf(source, start);
  const indents = lines.flatMap(({ text }) => (text.trim() === '' ? [] : [text.search(/\S/)]));
  const indent = indents[0] ?? 0;
  return lines.map(({ text, offset, end }) => ({
    text: text.slice(indent),
    offset: offset + Math.min(indent, text.length),
    end,
  }));
}

const literal = (source: string, start: number): Piece[] =>
  inner(source, start).flatMap((line) => [line, line.end]);

/** A line break is a blank, but not beside a line that is empty or indented more. */
function folded(source: string, start: number): Piece[] {
  const lines = inner(source, start);
  const isOwn = (line: Line | undefined) => line === undefined || /^(\s|$)/.test(line.text);
  return lines.flatMap((line, index) => {
    const next = lines[index + 1];
    if (!isOwn(line) && !isOwn(next)) return [line, { ...line.end, text: ' ' }];
    // The break before empty lines is one of them, if a line like this one follows.
    const isBeforeEmpty = !isOwn(line) && next?.text === '';
    const isSwallowed = isBeforeEmpty && !isOwn(firstWithText(lines, index + 1));
    return isSwallowed ? [line] : [line, line.end];
  });
}

function firstWithText(lines: readonly Line[], from: number): Line | undefined {
  for (let at = from; at < lines.length; at++) if (lines[at]?.text !== '') return lines[at];
  return undefined;
}

/** Plain, or in quotes. */
function flow(source: string, start: number): Piece[] {
  const isQuoted = /^(["'])[\s\S]*\1$/.test(source);
  const [from, until] = isQuoted ? [1, source.length - 1] : [0, source.length];
  const lines = linesOf(source.slice(from, until), start + from);
  return lines.flatMap((line, index) => {
    const isLast = line.end.text === '';
    const lead = index === 0 ? 0 : line.text.search(/\S|$/);
    const text = isLast ? line.text.slice(lead) : line.text.slice(lead).trimEnd();
    const own = { text, offset: line.offset + lead };
    return isLast ? [own] : [own, { ...line.end, text: ' ' }];
  });
}
