import { isUtf8 } from 'node:buffer';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { refuse } from '../../errors.ts';
import type { Rule } from '../rule.ts';
import { noPolicy, type Policy, parsePolicy, policyFile } from './load.ts';

const largest = 1_000_000;

/** The policy at the top of a folder, or above it up to the repository's root, and its folder. */
export function findPolicy(
  folder: string,
  rules: readonly Rule[],
): { readonly policy: Policy; readonly folder: string } {
  const start = resolve(folder);
  for (let at = start; ; at = dirname(at)) {
    const file = join(at, policyFile);
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (stat) {
      // A link may lead anywhere, a pipe would be waited for.
      if (!stat.isFile() || stat.size > largest) throw unreadable(file);
      const bytes = readFileSync(file);
      if (bytes.includes(0) || !isUtf8(bytes)) throw unreadable(file);
      return { policy: parsePolicy(bytes.toString(), policyFile, rules), folder: at };
    }
    if (existsSync(join(at, '.git')) || dirname(at) === at)
      return { policy: noPolicy, folder: start };
  }
}

const unreadable = (file: string) =>
  refuse({
    what: `${policyFile} is no text file of a sensible size.`,
    where: file,
    next: 'Put the right file back.',
  });
