import { printable } from '../../printable.ts';
import type { Environment } from '../environment.ts';
import { counted, countsOf, type Report, type Reported } from './report.ts';

/** How words are drawn; without colours, as they are. */
export type Paint = Readonly<
  Record<'error' | 'warning' | 'info' | 'dim' | 'bold', (text: string) => string>
>;

const columns = 80;
/** A line of a file is shown around the place that matters. */
const longestLine = 68;

/** For people: the line, what is wrong with it, why that matters, what to write instead. */
export function text(report: Report, paint: Paint): string {
  const blocks = report.reported.map((one) => block(one, report, paint));
  return [...blocks, summary(report, paint)].join('\n\n');
}

function block({ finding, severity }: Reported, report: Report, paint: Paint): string {
  const { at, rule, says, next, also = [], fix } = finding;
  const gutter = ' '.repeat(String(at.line).length);
  const bar = paint.dim(`${gutter} |`);
  const row = (label: string, words: string) =>
    wrapped(printable(words), columns - gutter.length - 3 - label.length - 2).map((line, index) => {
      const head = index === 0 ? `${label}: ` : ' '.repeat(label.length + 2);
      return `${gutter} ${paint.dim('=')} ${paint.dim(head)}${line}`;
    });
  const { shown, from, to } = excerpt(report.text(at.file)?.line(at.line) ?? '', at);
  return [
    `${paint[severity](`${severity}[${rule.code}]`)} ${paint.bold(rule.title)}`,
    `${gutter}${paint.dim('-->')} ${printable(at.file)}:${at.line}:${at.column}`,
    ...(shown === ''
      ? []
      : [
          bar,
          `${paint.dim(`${at.line} |`)} ${shown}`,
          `${bar} ${' '.repeat(from)}${paint[severity]('^'.repeat(Math.max(1, to - from)))}`,
        ]),
    ...row('what', says),
    ...also.flatMap((other) => row('also', `${other.at.file}:${other.at.line}: ${other.says}`)),
    ...row('why', rule.story),
    ...(next === undefined ? [] : row('do', next)),
    ...(fix ? row('fix', `${fix.says} (krafter check --fix${fix.safe ? '' : '=unsafe'})`) : []),
  ].join('\n');
}

/** The part of a line that fits, with the columns of what is meant within it. */
function excerpt(
  line: string,
  { line: first, endLine, column, endColumn }: Reported['finding']['at'],
) {
  const flat = line.replace(/[\r\n]+$/, '');
  const start = column - 1;
  const end = first === endLine ? endColumn - 1 : flat.length;
  const cut = start > longestLine - 20 ? start - 20 : 0;
  const part = flat.slice(cut, cut + longestLine);
  const before = cut > 0 ? '… ' : '';
  const after = cut + longestLine < flat.length ? ' …' : '';
  const shownOf = (piece: string) => printable(piece.replaceAll('\t', ' '));
  const from = before.length + shownOf(part.slice(0, start - cut)).length;
  const marked = shownOf(part.slice(start - cut, Math.max(start, end) - cut));
  return {
    shown: flat.trim() === '' ? '' : `${before}${shownOf(part)}${after}`,
    from,
    to: from + marked.length,
  };
}

function wrapped(words: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  // A value that has no blanks is broken where the line ends.
  for (const word of words.split(/\s+/).flatMap((one) => chunks(one, width))) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}

function chunks(word: string, width: number): string[] {
  const parts: string[] = [];
  for (let at = 0; at < word.length || at === 0; at += width)
    parts.push(word.slice(at, at + width));
  return parts;
}

function summary(report: Report, paint: Paint): string {
  const { reported, files, hidden, suppressed, notes, environments } = report;
  const counts = countsOf(report).map(({ severity, text: count }) => paint[severity](count));
  const mendable = reported.filter(({ finding }) => finding.fix?.safe).length;
  const looked =
    environments.size === 0
      ? 'no file about Kafka'
      : `${counted(environments.size, 'file')} about Kafka`;
  return [
    `${counts.length > 0 ? counts.join(', ') : 'Nothing found'}: ${looked}, ${counted(files, 'file')} looked at.`,
    ...(mendable > 0 ? [`${mendable} can be mended: krafter check --fix`] : []),
    ...(suppressed > 0 ? [`${counted(suppressed, 'finding')} silenced, each with a reason.`] : []),
    ...(hidden > 0 ? [`${hidden} more that may be a matter of taste: krafter check --all`] : []),
    ...treated(environments).map(paint.dim),
    ...notes
      .slice(0, 5)
      .map(({ file, says }) => paint.dim(`Not read: ${printable(file)}: ${printable(says)}`)),
    ...(notes.length > 5 ? [paint.dim(`Not read: ${notes.length - 5} more (--format json).`)] : []),
  ].join('\n');
}

/** "Treated as development: deploy/ (one broker)", a line for each kind. */
function treated(environments: ReadonlyMap<string, Environment>): string[] {
  return (['production', 'development'] as const).flatMap((is) => {
    const reasons = new Map<string, string[]>();
    for (const [file, environment] of environments)
      if (environment.is === is)
        reasons.set(environment.why, [...(reasons.get(environment.why) ?? []), file]);
    if (reasons.size === 0) return [];
    const parts = [...reasons].map(([why, files]) => {
      const [first = ''] = files;
      const more = files.length > 1 ? ` and ${files.length - 1} more` : '';
      return `${printable(first)}${more} (${printable(why)})`;
    });
    return wrapped(
      `Treated as ${is}: ${parts.slice(0, 4).join('; ')}${parts.length > 4 ? '; …' : ''}`,
      columns,
    );
  });
}
