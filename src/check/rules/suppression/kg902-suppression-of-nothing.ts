import type { Rule } from '../../rule.ts';

export const suppressionOfNothing: Rule = {
  code: 'KG902',
  title: 'A suppression of a finding that is not there',
  severity: 'warning',
  confidence: 'high',
  story:
    'The fault was mended, the comment stayed. The day the same fault comes back, it is silenced before anybody has seen it.',
  source: "krafter's own: docs/check.md, Suppressions",
  noFix: 'A comment may say more than that.',
  check: () => [],
};
