import type { Severity } from '../rule.ts';
import { type Format, pageOf, type Report, type Reported } from './report.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } satisfies Record<
  Severity,
  string
>;

/** Commands of GitHub's workflows, a line each (toolkit's command.ts has the escapes). */
export const github: Format = (report) =>
  report.reported.map((one) => command(one, report)).join('\n');

function command({ finding, severity }: Reported, report: Report): string {
  const { at, rule, says, next } = finding;
  const properties = {
    file: at.file,
    line: at.line,
    endLine: at.endLine,
    ...(at.line === at.endLine && { col: at.column, endColumn: at.endColumn }),
    title: `${rule.code} ${rule.title}`,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(`${value}`)}`);
  const text = [says, next ?? '', pageOf(report, rule.code)].filter(Boolean).join('\n');
  return `::${commands[severity]} ${list.join(',')}::${message(text)}`;
}

const message = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string =>
  message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
