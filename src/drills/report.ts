import type { Evidence } from './drill.ts';
import type { DrillResult } from './run.ts';

const width = 80;

/** One screen: each drill, its result, its evidence in figures. */
export function drillReport(results: readonly DrillResult[]): string {
  const count = (status: DrillResult['status']) =>
    results.filter((result) => result.status === status).length;
  return [
    ...results.flatMap(({ id, status, seconds, evidence, reason }) => [
      `${status.padEnd(7)} ${id.padEnd(14)} ${status === 'skipped' ? '' : `${seconds.toFixed(1)} s`}`.trimEnd(),
      ...fill(reason ? [reason, ...figures(evidence)] : figures(evidence)),
    ]),
    '',
    `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`,
  ].join('\n');
}

/** `lostRecords: 0` as "lost records 0". */
const figures = (evidence: Evidence): string[] =>
  Object.entries(evidence).map(
    ([name, value]) =>
      `${name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)} ${typeof value === 'number' ? value.toLocaleString('en') : String(value)}`,
  );

/** Items with commas between, broken at 80 columns. */
function fill(items: readonly string[]): string[] {
  const indent = '        ';
  const lines: string[] = [];
  let line = indent;
  for (const [index, item] of items.entries()) {
    const text = index < items.length - 1 ? `${item}, ` : item;
    if (line.trim() && line.length + text.trimEnd().length > width) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += text;
  }
  return line.trim() ? [...lines, line.trimEnd()] : lines;
}
