import { createHash } from 'node:crypto';
import type { ProjectFile } from '../files/project-file.ts';
import type { Finding } from './rule.ts';

/**
 * What a finding is, however its lines move: its rule, its file, the text of its line and of those
 * that it is indented below, and which of equals it is. Findings come in the order of lines.
 */
export function fingerprintsOf(
  findings: readonly Finding[],
  file: (path: string) => ProjectFile | undefined,
): ReadonlyMap<Finding, string> {
  const around = new Map<string, (line: number) => string>();
  const equals = new Map<string, number>();
  const fingerprints = new Map<Finding, string>();
  for (const finding of findings) {
    const { at, rule } = finding;
    const context = around.get(at.file) ?? contextsOf(file(at.file)?.text ?? '');
    around.set(at.file, context);
    // Not what it says: a later krafter may say it in other words.
    const what = [rule.code, at.file, context(at.line)];
    const digest = createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 24);
    const nth = (equals.get(digest) ?? 0) + 1;
    equals.set(digest, nth);
    fingerprints.set(finding, `${digest}:${nth}`);
  }
  return fingerprints;
}

/** Of each line: its text, and those of the lines that it is indented below. */
function contextsOf(text: string): (line: number) => string {
  const lines = text.split(/\r\n?|\n/);
  const parents: number[] = [];
  const open: { readonly indent: number; readonly line: number }[] = [];
  for (const [line, content] of lines.entries()) {
    const indent = content.search(/\S/);
    while (indent >= 0 && (open.at(-1)?.indent ?? -1) >= indent) open.pop();
    parents[line] = open.at(-1)?.line ?? -1;
    if (indent >= 0) open.push({ indent, line });
  }
  return (line) => {
    const path: string[] = [];
    // Deeper than this nobody indents.
    for (let at = line - 1; at >= 0 && path.length < 50; at = parents[at] ?? -1)
      path.push((lines[at] ?? '').trim().slice(0, 500));
    return path.join('\n');
  };
}
