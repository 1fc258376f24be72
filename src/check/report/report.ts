import type { ProjectFile } from '../../files/project-file.ts';
import type { Environment } from '../environment.ts';
import type { Judged } from '../repository.ts';
import { type Severity, severities } from '../rule.ts';

/** A finding with what it is however its lines move. */
export type Reported = Judged & { readonly fingerprint: string };

/** All that a format may tell. Paths are relative, and may hold anything but NUL. */
export type Report = {
  readonly krafter: string;
  readonly reported: readonly Reported[];
  /** How many findings somebody silenced, each with a reason. */
  readonly suppressed: number;
  /** Those that are not shown without being asked for. */
  readonly hidden: number;
  /** Files that a reader looked into. */
  readonly files: number;
  /** Files with facts about Kafka, and what they are for. */
  readonly environments: ReadonlyMap<string, Environment>;
  readonly notes: readonly { readonly file: string; readonly says: string }[];
  readonly text: (path: string) => ProjectFile | undefined;
};

export const formatNames = [
  'text',
  'json',
  'sarif',
  'github',
  'gitlab',
  'markdown',
  'junit',
] as const;
export type FormatName = (typeof formatNames)[number];

/** Turns a report into the text of a format. */
export type Format = (report: Report) => string;

/** A number with its word: "2 files". */
export const counted = (count: number, word: string): string =>
  `${count} ${word}${count === 1 ? '' : 's'}`;

/** "2 errors", "1 note": those that there are, the worst first. */
export const countsOf = (report: Report): { severity: Severity; text: string }[] =>
  severities.flatMap((severity) => {
    const count = countOf(report, severity);
    const word = severity === 'info' ? 'note' : severity;
    return count === 0 ? [] : [{ severity, text: counted(count, word) }];
  });

export const countOf = ({ reported }: Report, severity: Severity): number =>
  reported.filter((one) => one.severity === severity).length;

/** Where a rule is told in full: the package has the page of its own version. */
export const pageOf = ({ krafter }: Report, code: string): string =>
  `https://unpkg.com/krafter@${krafter}/docs/rules/${code}.md`;
