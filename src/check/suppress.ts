import type { ProjectFile } from '../files/project-file.ts';
import { nearest } from '../nearest.ts';
import { inOrder } from './check.ts';
import type { Finding, Rule } from './rule.ts';
import { rules } from './rules/index.ts';
import { suppressionWithoutReason } from './rules/suppression/kg901-suppression-without-reason.ts';
import { suppressionOfNothing } from './rules/suppression/kg902-suppression-of-nothing.ts';
import { suppressionOfUnknown } from './rules/suppression/kg903-suppression-of-unknown.ts';
import { type Suppression, suppressionsIn } from './suppressions.ts';

export type Suppressed = { readonly finding: Finding; readonly reason: string };

export type Sifted = {
  /** With what is to be said of the suppressions themselves. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
};

/** Takes out what somebody silenced. `unread` are files of which nothing could be found. */
export function suppress(
  findings: readonly Finding[],
  files: Iterable<ProjectFile>,
  more: readonly Suppression[] = [],
  unread: ReadonlySet<string> = new Set(),
): Sifted {
  const within = new Map([...files].map((file) => [file.path, suppressionsIn(file)]));
  const all = [...more, ...[...within.values()].flat()];
  if (all.length === 0) return { findings, suppressed: [] };
  const used = new Map<Suppression, Set<string>>();
  const kept: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of findings) {
    const by = [...more, ...(within.get(finding.at.file) ?? [])].filter(
      ({ reason, codes, covers }) =>
        reason !== '' && codes.includes(finding.rule.code) && covers(finding.at),
    );
    for (const one of by) used.set(one, (used.get(one) ?? new Set()).add(finding.rule.code));
    const [first] = by;
    if (first) suppressed.push({ finding, reason: first.reason });
    else kept.push(finding);
  }
  const said = all.flatMap((one) => faultsOf(one, used.get(one) ?? new Set(), unread));
  return { findings: [...kept, ...said].sort(inOrder), suppressed };
}

const known = rules.map(({ code }) => code);

function faultsOf(
  { at, codes, reason }: Suppression,
  used: ReadonlySet<string>,
  unread: ReadonlySet<string>,
): Finding[] {
  const say = (rule: Rule, says: string, next: string): Finding => ({ rule, at, says, next });
  if (codes.length === 0)
    return [
      say(suppressionOfUnknown, 'It names no rule, and suppresses nothing.', 'ignore[KP001] why'),
    ];
  const unknown = codes.filter((code) => !(known as readonly string[]).includes(code));
  const faults = unknown.map((code) => {
    const near = nearest(code, known);
    return say(
      suppressionOfUnknown,
      `There is no rule ${code.slice(0, 40)}.`,
      near ? `Did you mean ${near}?` : '`krafter explain` lists the rules.',
    );
  });
  const right = codes.filter((code) => !unknown.includes(code));
  if (right.length === 0) return faults;
  const list = right.join(', ');
  if (reason === '')
    return [
      ...faults,
      say(
        suppressionWithoutReason,
        `It does not say why, so ${list} is not suppressed.`,
        `Write the reason behind it: ignore[${list}] the reason.`,
      ),
    ];
  const idle = unread.has(at.file) ? [] : right.filter((code) => !used.has(code));
  return idle.length === 0
    ? faults
    : [
        ...faults,
        say(suppressionOfNothing, `There is no ${idle.join(', ')} to suppress.`, 'Remove it.'),
      ];
}
