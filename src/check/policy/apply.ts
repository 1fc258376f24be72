import { matchesGlob } from 'node:path';
import type { Environment } from '../environment.ts';
import type { Finding, Severity } from '../rule.ts';
import type { Suppression } from '../suppressions.ts';
import type { Policy } from './load.ts';

/** A file, everything below a folder, or what a pattern says. */
export function isBelow(file: string, path: string): boolean {
  const plain = path.replace(/^\.?\//, '').replace(/\/+$/, '');
  if (plain === '' || plain === '.' || file === plain || file.startsWith(`${plain}/`)) return true;
  return /[*?[{]/.test(plain) && (matchesGlob(file, plain) || matchesGlob(file, `${plain}/**`));
}

export const isExcluded = ({ exclude }: Policy, file: string): boolean =>
  exclude.some((path) => isBelow(file, path));

/** What somebody pinned; undefined where nobody did. */
export function pinnedEnvironment({ environments }: Policy, file: string): Environment | undefined {
  const pin = Object.entries(environments).findLast(([path]) => isBelow(file, path));
  return pin && { is: pin[1], why: 'krafter.check.yaml' };
}

/** What a finding counts for; undefined where its rule is switched off. */
export function severityOf({ severities }: Policy, { rule }: Finding): Severity | undefined {
  const wanted = severities[rule.code];
  return wanted === 'off' ? undefined : (wanted ?? rule.severity);
}

/** Ignored findings as suppressions, which are held to account in the same way. */
export const suppressionsOf = (policy: Policy): Suppression[] =>
  policy.ignore.map((entry) => ({
    at: policy.placeOf(entry),
    codes: entry.codes,
    reason: entry.reason,
    covers: ({ file }) => isBelow(file, entry.path),
  }));
