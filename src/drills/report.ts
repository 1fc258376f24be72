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

/** Items with commas between, broken at 80 columns; inside of an item only if it is too long. */
function fill(items: readonly string[]): string[] {
  const indent = '        ';
  const room = width - indent.length;
  const texts = items.map((item, index) => (index < items.length - 1 ? `${item},` : item));
  const parts = texts.flatMap((text) => (text.length > room ? text.split(' ') : [text]));
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + part.length <= room)
      lines[lines.length - 1] = `${line} ${part}`;
    else lines.push(part);
  }
  return lines.map((line) => `${indent}${line}`);
}
