import { z } from 'zod';
import { refuse } from '../errors.ts';
import type { Finding } from './rule.ts';

/** Known findings, told apart by their fingerprints; the rest is for people who read the file. */
const baselineSchema = z.strictObject({
  version: z.literal(1),
  findings: z.array(
    z.strictObject({
      rule: z.string(),
      file: z.string(),
      says: z.string(),
      fingerprint: z.string(),
    }),
  ),
});

export type BaselineEntry = z.infer<typeof baselineSchema>['findings'][number];

/** The file's text: one finding a line, in their order, so that changes of it can be read. */
export function baselineText(
  findings: readonly Finding[],
  fingerprints: ReadonlyMap<Finding, string>,
): string {
  const entries = findings.map((finding) => {
    const { rule, at, says } = finding;
    const fingerprint = fingerprints.get(finding) ?? '';
    return JSON.stringify({ rule: rule.code, file: at.file, says, fingerprint });
  });
  const list = entries.map((entry) => `\n    ${entry}`).join(',');
  return `{\n  "version": 1,\n  "findings": [${list}${list && '\n  '}]\n}\n`;
}

export function parseBaseline(text: string, file: string): readonly BaselineEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notOne(file);
  }
  const result = baselineSchema.safeParse(value);
  if (!result.success) throw notOne(file);
  return result.data.findings;
}

const notOne = (file: string) =>
  refuse({
    what: `${file} is no baseline of krafter check.`,
    where: file,
    next: `Write one: krafter check --baseline ${file} --update-baseline`,
  });

/** Entries whose finding is gone. */
export function staleEntries(
  fingerprints: ReadonlyMap<Finding, string>,
  baseline: readonly BaselineEntry[],
): BaselineEntry[] {
  const there = new Set(fingerprints.values());
  return baseline.filter(({ fingerprint }) => !there.has(fingerprint));
}
