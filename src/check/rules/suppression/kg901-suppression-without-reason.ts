import type { Rule } from '../../rule.ts';

export const suppressionWithoutReason: Rule = {
  code: 'KG901',
  title: 'A suppression that does not say why',
  severity: 'warning',
  confidence: 'high',
  story:
    'Somebody silenced a finding. Whoever looks at the outage a year later can not tell whether it was thought through, or only in the way.',
  source: "krafter's own: docs/check.md, Suppressions",
  noFix: 'Only who silenced it knows the reason.',
  check: () => [],
};
