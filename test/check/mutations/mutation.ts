import assert from 'node:assert/strict';
import type { Rule } from '../../../src/check/rule.ts';
import type { BaseName } from './bases.ts';

type Change = (text: string) => string;

/** One wrong thing, put into a project that has none. */
export type Mutation = {
  readonly base: BaseName;
  /** What somebody did, as in a commit message. */
  readonly name: string;
  readonly expects: Rule['code'];
  /** Where it is to be reported: at the first line that differs, or at another one, by its text. */
  readonly file: string;
  readonly line?: string | number;
  /** What is done to `file`, or to several files by their paths. */
  readonly change: Change | Readonly<Record<string, Change>>;
  /** Nothing of it can be seen in `file` alone. */
  readonly across?: true;
  /** Why nobody reports it. */
  readonly survives?: string;
};

/** One text for another; it stands there exactly once. */
export const replace =
  (was: string, now: string): Change =>
  (text) => {
    assert.equal(text.split(was).length, 2, `not once in the file: ${was}`);
    return text.replace(was, () => now);
  };

/** The line that begins so, without regard to its indentation, goes. */
export const remove =
  (start: string): Change =>
  (text) => {
    const lines = text.split('\n');
    const kept = lines.filter((line) => !line.trim().startsWith(start));
    assert.equal(lines.length - kept.length, 1, `not one line begins so: ${start}`);
    return kept.join('\n');
  };

/** A line is put below the one that holds a text, as far to the right as that. */
export const below =
  (line: string, ...added: readonly string[]): Change =>
  (text) => {
    const lines = text.split('\n');
    const at = lineHolding(text, line);
    const indentation = /^\s*/.exec(lines[at - 1] ?? '')?.[0] ?? '';
    lines.splice(at, 0, ...added.map((one) => `${indentation}${one}`));
    return lines.join('\n');
  };

/** Lines at the end of the file. */
export const append =
  (...lines: readonly string[]): Change =>
  (text) =>
    `${text.trimEnd()}\n${lines.join('\n')}\n`;

/** A file that was not there, or another in its place. */
export const write =
  (...lines: readonly string[]): Change =>
  () =>
    `${lines.join('\n')}\n`;

/** 1-based: the only one that begins so, without regard to its indentation, or else that holds it. */
export function lineHolding(text: string, part: string): number {
  const lines = text.split('\n').map((line, at) => ({ line, number: at + 1 }));
  const begin = lines.filter(({ line }) => line.trim().startsWith(part.trim()));
  const found = begin.length > 0 ? begin : lines.filter(({ line }) => line.includes(part));
  const [first] = found;
  assert.ok(first && found.length === 1, `not in one line: ${part}`);
  return first.number;
}

/** 1-based, in the new text. */
export function firstDifference(before: string, after: string): number {
  const [was, now] = [before.split('\n'), after.split('\n')];
  const at = now.findIndex((line, index) => line !== was[index]);
  assert.notEqual(at, -1, 'nothing was changed');
  return at + 1;
}
