import { printable } from '../../printable.ts';
import { countOf, type Format, type Reported } from './report.ts';

/** A test case for each finding, which failed; one that passed where there is none. */
export const junit: Format = (report) => {
  const { reported } = report;
  const failures = countOf(report, 'error') + countOf(report, 'warning');
  const cases =
    reported.length === 0
      ? ['    <testcase classname="krafter" name="check"/>']
      : reported.map(testCase);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="krafter check" tests="${cases.length}" failures="${failures}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
};

function testCase({ finding: { at, rule, says, next }, severity }: Reported): string {
  const name = `${rule.code} ${at.file}:${at.line}`;
  const open = `    <testcase classname="${escaped(at.file)}" name="${escaped(name)}"`;
  const text = escaped([says, next ?? ''].join(' ').trim());
  return severity === 'info'
    ? `${open}><system-out>${text}</system-out></testcase>`
    : `${open}><failure type="${severity}" message="${escaped(rule.title)}">${text}</failure></testcase>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  printable(text).replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
