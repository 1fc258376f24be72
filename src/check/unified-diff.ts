import { diffIndices } from 'node-diff3';

const context = 3;

/** What `patch` and `git apply` read; nothing where the texts are the same. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const [old, now] = [lines(before), lines(after)];
  const changes = diffIndices(old, now).map(({ buffer1, buffer2 }) => ({
    from: buffer1[0],
    removed: old.slice(buffer1[0], buffer1[0] + buffer1[1]),
    to: buffer2[0],
    added: now.slice(buffer2[0], buffer2[0] + buffer2[1]),
  }));
  const hunks: (typeof changes)[] = [];
  for (const change of changes) {
    const last = hunks.at(-1)?.at(-1);
    if (last && change.from - (last.from + last.removed.length) <= 2 * context)
      hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  if (hunks.length === 0) return '';
  const text = hunks.map((hunk) => {
    const [first, last] = [hunk[0], hunk.at(-1)];
    if (!first || !last) return '';
    const start = Math.max(0, first.from - context);
    const end = Math.min(old.length, last.from + last.removed.length + context);
    const body: string[] = [];
    let at = start;
    for (const { from, removed, added } of hunk) {
      body.push(...old.slice(at, from).map((line) => ` ${line}`));
      body.push(...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`));
      at = from + removed.length;
    }
    body.push(...old.slice(at, end).map((line) => ` ${line}`));
    const [less, more] = ['-', '+'].map((sign) => body.filter((line) => line[0] === sign).length);
    const length = end - start;
    const toStart = first.to - (first.from - start);
    const toLength = length - (less ?? 0) + (more ?? 0);
    return `${header(start, length, toStart, toLength)}${body.map(ended).join('')}`;
  });
  return `--- a/${path}\n+++ b/${path}\n${text.join('')}`;
}

const header = (from: number, length: number, to: number, toLength: number) =>
  `@@ -${length === 0 ? from : from + 1},${length} +${toLength === 0 ? to : to + 1},${toLength} @@\n`;

/** With their ends, so that one that is missing is seen. */
const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const ended = (line: string): string =>
  line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`;
