import type { Place } from '../files/place.ts';
import type { ProjectFile } from '../files/project-file.ts';

/** "Leave this finding be", in a comment or in krafter.check.yaml. */
export type Suppression = {
  readonly at: Place;
  readonly codes: readonly string[];
  /** Empty where nobody said why: it does not count then. */
  readonly reason: string;
  readonly covers: (at: Place) => boolean;
};

const marker = /(?<=^|[\s{(,;])(#|\/\/|--|<!--|\/\*+|;|!)\s?\s?krafter:\s?ignore\b\s?(\[[^\]]*\])?/;

/** What opens a comment, by the ending of a file's name. */
const signs: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.properties$/, ['#', '!']],
  [/\.(ini|cfg|cnf)$/, ['#', ';']],
  [/\.(sql|lua|hs)$/, ['--', '/*']],
  [/\.(xml|html?|md|svg)$/, ['<!--']],
  [/\.(java|kts?|scala|groovy|gradle|go|[cm]?[jt]sx?|proto|avdl|rs|cs|c|cc|cpp|h)$/, ['//', '/*']],
  [/\.(tf|hcl)$/, ['#', '//', '/*']],
  [/\.(json|avsc|ndjson|lock)$/, []],
];
const others: readonly string[] = ['#'];

/** Suppressions in comments: behind what they are about, or on the line above. */
export function suppressionsIn(file: ProjectFile): Suppression[] {
  if (!file.text.includes('krafter:')) return [];
  const [, opening = others] = signs.find(([name]) => name.test(file.path)) ?? [];
  const isOpening = (sign: string) => opening.includes(sign.startsWith('/*') ? '/*' : sign);
  const lines = file.text.split('\n');
  return lines.flatMap((line, index) => {
    const match = line.includes('krafter:') ? marker.exec(line) : null;
    const sign = match?.[1];
    if (!match || sign === undefined || !isOpening(sign)) return [];
    const before = line.slice(0, match.index).trim();
    // There is no comment behind a value in a .properties file.
    if (before !== '' && /\.properties$/.test(file.path)) return [];
    const end = match.index + match[0].length;
    const closed = /-->|\*\//.exec(line.slice(end));
    const after = closed ? line.slice(end + closed.index + closed[0].length).trim() : '';
    const alone = /^(\{\{-?)?$/.test(before) && /^(-?\}\})?$/.test(after);
    const about = alone ? nextOf(lines, index, isOpening) : index + 1;
    const comment = line.slice(end, closed ? end + closed.index : undefined);
    return [
      {
        at: {
          file: file.path,
          line: index + 1,
          column: match.index + 1,
          endLine: index + 1,
          endColumn: line.trimEnd().length + 1,
        },
        codes: codesIn(match[2] ?? ''),
        reason: comment.replace(/^[\s:–—-]+/, '').trim(),
        // A call of several lines has its comment behind its last one.
        covers: (at: Place) =>
          at.file === file.path && (at.line === about || (!alone && at.endLine === about)),
      },
    ];
  });
}

const codesIn = (list: string): string[] =>
  list
    .slice(1, -1)
    .split(/[\s,]+/)
    .filter((code) => code !== '');

/** The first line below that is more than a comment. */
function nextOf(lines: readonly string[], index: number, isOpening: (sign: string) => boolean) {
  let at = index + 1;
  // No comment is so long.
  for (; at < Math.min(lines.length, index + 50); at++) {
    const sign = /^\s*(#|\/\/|--|<!--|\/\*+|;|!)/.exec(lines[at] ?? '')?.[1];
    if (sign === undefined || !isOpening(sign)) break;
  }
  return at + 1;
}
