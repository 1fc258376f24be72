import { printable } from '../../printable.ts';
import { countsOf, type Format, pageOf, type Report, type Reported } from './report.ts';

/** For a comment under a change: a table, and nothing that a file's text could turn into markup. */
export const markdown: Format = (report) => {
  const { reported } = report;
  if (reported.length === 0) return '**krafter check** found nothing.';
  const counts = countsOf(report).map(({ text }) => text);
  return [
    `**krafter check** found ${counts.join(', ')}.`,
    '',
    '| where | rule | what |',
    '| --- | --- | --- |',
    ...reported.map((one) => row(one, report)),
  ].join('\n');
};

function row({ finding: { at, rule, says, next }, severity }: Reported, report: Report): string {
  const what = [`**${severity}**: ${plain(says)}`, ...(next ? [plain(next)] : [])].join('<br>');
  return `| ${plain(at.file)}:${at.line} | [${rule.code}](${pageOf(report, rule.code)}) | ${what} |`;
}

const plain = (text: string): string =>
  printable(text.replaceAll(/\s+/g, ' ')).replaceAll(
    /[\\`*_{}[\]<>()#+!|~&@]/g,
    (sign) => `&#${sign.charCodeAt(0)};`,
  );
