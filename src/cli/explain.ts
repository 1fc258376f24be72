import { guarded } from '../check/guarded.ts';
import type { Rule } from '../check/rule.ts';
import { rules } from '../check/rules/index.ts';
import { refuse } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { paintOf, print, printJson, wrap } from './output.ts';

/** `krafter explain`: one rule in full, or a line for each. */
export function explain(code: string | undefined, { json }: { json?: true }): void {
  if (code === undefined) {
    if (json) printJson({ rules: rules.map(told) });
    else print(rules.map((rule) => wrap(`${rule.code}  ${rule.title}`, ' '.repeat(7))).join('\n'));
    return;
  }
  const rule = rules.find((one) => one.code === code.toUpperCase());
  if (!rule) {
    const near = nearest(
      code,
      rules.map((one) => one.code),
    );
    throw refuse({
      what: `There is no rule ${code.slice(0, 40)}.`,
      where: code.slice(0, 40),
      next: near
        ? `Did you mean ${near}? krafter explain lists all of them.`
        : 'krafter explain lists all of them.',
    });
  }
  if (json) printJson(told(rule));
  else print(page(rule));
}

const told = ({ check: _, ...facts }: Rule) => facts;

function page(rule: Rule): string {
  const { code, title, severity, confidence, story, source, guards = [], noFix } = rule;
  const paint = paintOf(process.stdout);
  const scope = [
    severity,
    `${confidence} confidence`,
    ...(rule.production ? ['in production only'] : []),
    ...(rule.across ? ['looks at several files'] : []),
  ];
  const row = (label: string, text: string) =>
    `${paint.dim(label.padEnd(8))}${wrap(text, ' '.repeat(8))}`;
  return [
    `${paint[severity](code)} ${paint.bold(title)}`,
    scope.join(', '),
    '',
    row('why', story),
    row('source', source),
    ...guards.map((line) => row('keeps', guarded[line])),
    row(
      'fix',
      noFix === undefined ? 'krafter check --fix, where it is certain.' : `By hand: ${noFix}`,
    ),
    row('silence', `krafter: ignore[${code}] the reason, in a comment above the line.`),
  ].join('\n');
}
