import { createHash } from 'node:crypto';
import type { Severity } from '../rule.ts';
import type { Format } from './report.ts';

const severities = { error: 'critical', warning: 'major', info: 'info' } satisfies Record<
  Severity,
  string
>;

/** GitLab's code quality report (docs.gitlab.com, "Code Quality report format"). */
export const gitlab: Format = ({ reported }) =>
  JSON.stringify(
    reported.map(({ finding: { at, rule, says, next }, severity, fingerprint }) => ({
      description: next === undefined ? says : `${says} ${next}`,
      check_name: rule.code,
      fingerprint: createHash('sha256').update(fingerprint).digest('hex'),
      severity: severities[severity],
      location: { path: at.file, lines: { begin: at.line, end: at.endLine } },
    })),
    null,
    2,
  );
