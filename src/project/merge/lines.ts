import { diff3Merge, diffComm } from 'node-diff3';

/** A text as its lines, and whether the last one is ended. */
type Lines = { readonly lines: string[]; readonly ended: boolean };

export type LineMerge =
  | { readonly kind: 'clean'; readonly text: string }
  /** `marked` has both sides, in git's markers; `at` are the lines of the person's file. */
  | { readonly kind: 'conflict'; readonly at: string; readonly marked: string };

const yours = '<<<<<<< yours';
const between = '=======';
const krafters = '>>>>>>> krafter';

/** A person has not settled a file while one of the outer markers is left. */
export const hasMarkers = (text: string) => /^(<{7} yours|>{7} krafter)\r?$/m.test(text);

/** Whether two texts differ at most in how their last line ends. */
export const sameLines = (a: string, b: string) => {
  const [one, other] = [split(a).lines, split(b).lines];
  return one.length === other.length && one.every((line, index) => line === other[index]);
};

/** The classic three-way merge (diff3), in which adjacent changes are a conflict. */
export function mergeLines(base: string, theirs: string, ours: string): LineMerge {
  const [b, t, o] = [split(base), split(theirs), split(ours)];
  const ended = t.ended === b.ended ? o.ended : t.ended;
  const regions = diff3Merge(t.lines, b.lines, o.lines, { excludeFalseConflicts: true });
  const at = regions.flatMap(({ conflict }) =>
    conflict ? [lineRange(conflict.aIndex, conflict.a.length)] : [],
  );
  const lines = regions.flatMap(({ ok, conflict }) =>
    conflict ? marked(conflict.a, conflict.b) : (ok ?? []),
  );
  return at.length === 0
    ? { kind: 'clean', text: joined({ lines, ended }) }
    : { kind: 'conflict', at: `line ${at.join(', ')}`, marked: joined({ lines, ended: true }) };
}

/** Both texts in one, with markers where they differ. */
export function markDifferences(theirs: string, ours: string): string {
  const lines = diffComm(split(theirs).lines, split(ours).lines).flatMap(
    (region) => region.common ?? marked(region.buffer1, region.buffer2),
  );
  return joined({ lines, ended: true });
}

/**
 * A serializer formats in its own way. Given the person's text, and what the serializer makes
 * of it without and with a change, makes the change in the person's own formatting.
 */
export function keepFormatting(theirs: string, printed: string, changed: string): string {
  const [t, p, c] = [split(theirs), split(printed), split(changed)];
  const lines = diff3Merge(t.lines, p.lines, c.lines).flatMap(({ ok, conflict }) => {
    if (!conflict) return ok ?? [];
    return inTheirWords(conflict.a, conflict.o.filter(isSaid), conflict.b.filter(isSaid));
  });
  return joined({ lines, ended: t.ended });
}

/** `changed`, with each line that is also in `printed` as the person wrote it. */
function inTheirWords(theirs: string[], printed: string[], changed: string[]): string[] {
  const said = theirs.flatMap((line, index) => (isSaid(line) ? [index] : []));
  if (said.length !== printed.length) return changed;
  // Blank lines, which serializers don't count, go with the line below them.
  const written = said.map((index, at) => theirs.slice((said[at - 1] ?? -1) + 1, index + 1));
  let at = 0;
  const lines = diffComm(printed, changed).flatMap((region) => {
    const from = at;
    at += (region.common ?? region.buffer1).length;
    if (region.common) return written.slice(from, at).flat();
    const blank = from < at ? (written[from] ?? []).slice(0, -1) : [];
    return [...blank, ...region.buffer2];
  });
  return [...lines, ...theirs.slice((said.at(-1) ?? -1) + 1)];
}

const isSaid = (line: string) => line.trim() !== '';

/**
 * The law of this room: lines that the person wrote and that a merge would lose. Blank lines
 * don't count, nor does the comma that JSON demands when a neighbour comes or goes.
 */
export function lostLines(base: string, theirs: string, result: string): string[] {
  const count = new Map<string, number>();
  const add = (text: string, by: 1 | -1) => {
    for (const line of split(text).lines) {
      const said = line.trimEnd().replace(/,$/, '').trimEnd();
      if (isSaid(said)) count.set(said, (count.get(said) ?? 0) + by);
    }
  };
  add(theirs, 1);
  add(base, -1);
  for (const [line, n] of count) if (n <= 0) count.delete(line);
  add(result, -1);
  return [...count].filter(([, n]) => n > 0).map(([line]) => line);
}

const marked = (theirs: string[], ours: string[]) => [yours, ...theirs, between, ...ours, krafters];

const lineRange = (index: number, length: number) =>
  length > 1 ? `${index + 1}-${index + length}` : `${index + 1}`;

function split(text: string): Lines {
  if (text === '') return { lines: [], ended: true };
  const ended = text.endsWith('\n');
  return { lines: (ended ? text.slice(0, -1) : text).split('\n'), ended };
}

const joined = ({ lines, ended }: Lines) =>
  lines.length === 0 ? '' : lines.join('\n') + (ended ? '\n' : '');
