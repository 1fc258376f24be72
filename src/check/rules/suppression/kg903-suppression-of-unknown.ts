import type { Rule } from '../../rule.ts';

export const suppressionOfUnknown: Rule = {
  code: 'KG903',
  title: 'A suppression of a rule that does not exist',
  severity: 'warning',
  confidence: 'high',
  story:
    'The code is misspelt: the finding that was meant is told nevertheless, and what the comment says is not true.',
  source: "krafter's own: docs/check.md, Suppressions",
  noFix: 'The nearest code is a guess.',
  check: () => [],
};
