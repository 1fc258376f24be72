/** A place in a text; line and column count from 1, a column is a UTF-16 unit. */
type Position = { readonly line: number; readonly column: number; readonly offset: number };

export type Property = {
  readonly key: string;
  readonly value: string;
  readonly keyAt: Position;
  readonly valueAt: Position;
  /** After the last character of the value, before the end of its line. */
  readonly end: Position;
};

type PropertiesProblem = { readonly says: string; readonly at: Position };

type Properties = {
  /** In the order of the file. Of those with the same key Java keeps the last. */
  readonly entries: readonly Property[];
  readonly problems: readonly PropertiesProblem[];
};

/**
 * A `.properties` file as java.util.Properties.load reads it, with places. It never throws: where
 * Java would refuse the whole file, or take a byte order mark for a part of the first key, it goes
 * on and tells of the problem.
 */
export function readProperties(text: string): Properties {
  const entries: Property[] = [];
  const problems: PropertiesProblem[] = [];
  const position = positions(text);
  const marked = text.startsWith('\uFEFF');
  if (marked) problems.push({ says: 'Java reads a byte order mark as text.', at: position(0) });
  for (const line of logicalLines(text, marked ? 1 : 0)) {
    const { keyEnd, valueStart } = split(line.text);
    const decoded = (from: number, to: number) =>
      unescaped(line.text.slice(from, to), (index) =>
        problems.push({
          says: 'Malformed \\uxxxx encoding: Java refuses the whole file.',
          at: position(line.offset(from + index)),
        }),
      );
    entries.push({
      key: decoded(0, keyEnd),
      value: decoded(valueStart, line.text.length),
      keyAt: position(line.offset(0)),
      valueAt: position(line.offset(valueStart)),
      end: position(line.end),
    });
  }
  return { entries, problems };
}

/** Key, value and line alone. */
export type PropertyLine = { readonly key: string; readonly value: string; readonly line: number };

export const propertyLines = (text: string): PropertyLine[] =>
  readProperties(text).entries.map(({ key, value, keyAt: { line } }) => ({ key, value, line }));

/** Natural lines put together where one ends with a backslash. */
type LogicalLine = {
  readonly text: string;
  /** Where a character of `text` is in the file. */
  readonly offset: (index: number) => number;
  readonly end: number;
};

const isBlank = (char: string | undefined) => char === ' ' || char === '\t' || char === '\f';
const isEnd = (char: string | undefined) => char === '\n' || char === '\r' || char === undefined;

/** Without blank lines and comments, as Properties.LineReader gives them. */
function* logicalLines(text: string, start: number): Generator<LogicalLine> {
  let at = start;
  while (at < text.length) {
    const pieces: { readonly index: number; readonly from: number }[] = [];
    let line = '';
    for (;;) {
      while (isBlank(text[at])) at++;
      const from = at;
      while (!isEnd(text[at])) at++;
      const end = at;
      at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
      // Also after a line of nothing but a backslash.
      if (line === '' && (text[from] === '#' || text[from] === '!')) break;
      pieces.push({ index: line.length, from });
      const continued = endsInBackslash(text, from, end);
      line += text.slice(from, continued ? end - 1 : end);
      if (continued && at < text.length) continue;
      // A lone backslash at the end is a property without a name to Java, but not before CRLF.
      if (line !== '' || (continued && text[end + 1] !== '\n')) {
        const offset = (index: number) => {
          const piece = pieces.findLast((one) => one.index <= index);
          return piece ? piece.from + index - piece.index : from;
        };
        yield { text: line, offset, end };
      }
      break;
    }
  }
}

/** An odd number of backslashes: the last one is not escaped. */
function endsInBackslash(text: string, from: number, end: number): boolean {
  let first = end;
  while (first > from && text[first - 1] === '\\') first--;
  return (end - first) % 2 === 1;
}

/** The key ends at the first blank, `=` or `:` that is not escaped; one separator may follow blanks. */
function split(line: string): { readonly keyEnd: number; readonly valueStart: number } {
  let keyEnd = 0;
  while (keyEnd < line.length && !isBlank(line[keyEnd]) && !isSeparator(line[keyEnd])) {
    keyEnd += line[keyEnd] === '\\' ? 2 : 1;
  }
  keyEnd = Math.min(keyEnd, line.length);
  let valueStart = keyEnd;
  while (isBlank(line[valueStart])) valueStart++;
  if (isSeparator(line[valueStart])) valueStart++;
  while (isBlank(line[valueStart])) valueStart++;
  return { keyEnd, valueStart };
}

const isSeparator = (char: string | undefined) => char === '=' || char === ':';

const escapes: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n', f: '\f' };

/** A malformed \u stays as it is written. */
function unescaped(text: string, malformed: (index: number) => void): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.)|$)/gs, (whole, hex, char, index) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (char !== 'u') return escapes[char] ?? char ?? '';
    malformed(index);
    return whole;
  });
}

/** Line and column of an offset; the lines are counted once, when they are first asked for. */
function positions(text: string): (offset: number) => Position {
  const starts = [0, ...Array.from(text.matchAll(/\r\n?|\n/g), (end) => end.index + end[0].length)];
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1, offset };
  };
}
