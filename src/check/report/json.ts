import type { Format } from './report.ts';

/** What other programs rely on: names are added, and never changed. */
export const json: Format = ({ reported, environments, notes, files, suppressed, hidden }) =>
  JSON.stringify(
    {
      findings: reported.map(({ finding, severity, fingerprint }) => ({
        rule: finding.rule.code,
        title: finding.rule.title,
        severity,
        confidence: finding.rule.confidence,
        file: finding.at.file,
        line: finding.at.line,
        column: finding.at.column,
        endLine: finding.at.endLine,
        endColumn: finding.at.endColumn,
        message: finding.says,
        help: finding.next,
        also: finding.also?.map(({ at, says }) => ({ ...at, message: says })),
        fix: finding.fix && {
          safe: finding.fix.safe,
          message: finding.fix.says,
          edits: finding.fix.edits,
        },
        fingerprint,
      })),
      files,
      suppressed,
      hidden,
      environments: Object.fromEntries(environments),
      notes,
    },
    null,
    2,
  );
