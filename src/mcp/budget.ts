import { tokens } from './tokens.ts';

/** Of a whole answer, text and structure together. */
export const defaultBudget = 490;
export const detailedBudget = 4000;

/** A list of an answer that may be shorter than the truth, and how much of it goes before the rest of others. */
export type Flexible<A> = {
  readonly list: keyof A & string;
  readonly first: number;
  /** How many came before on earlier pages: there is a cursor for those that come after. */
  readonly from?: number;
};

/**
 * As much of the lists as the budget allows, the first named list first. What each leaves out is
 * counted in `more`, so that nobody takes a part for the whole.
 */
export function fitted<A extends object>(
  whole: A,
  lists: readonly Flexible<A>[],
  budget: number,
  text: (answer: A) => string,
): A {
  const lengthOf = (list: keyof A) => (whole[list] as readonly unknown[]).length;
  const shown = new Map<string, number>(lists.map(({ list }) => [list, 0]));
  const grow = (list: keyof A & string, wanted: number) => {
    let [fits, beyond] = [shown.get(list) ?? 0, Math.min(wanted, lengthOf(list)) + 1];
    while (beyond - fits > 1) {
      const middle = (fits + beyond) >> 1;
      shown.set(list, middle);
      if (answerTokens(cut(whole, lists, shown), text) <= budget) fits = middle;
      else beyond = middle;
    }
    shown.set(list, fits);
  };
  for (const { list, first } of lists) grow(list, first);
  for (const { list } of lists) grow(list, Number.MAX_SAFE_INTEGER);
  return cut(whole, lists, shown);
}

const answerTokens = <A>(answer: A, text: (answer: A) => string): number =>
  tokens(text(answer)) + tokens(JSON.stringify(answer));

function cut<A extends object>(
  whole: A,
  lists: readonly Flexible<A>[],
  shown: ReadonlyMap<string, number>,
): A {
  const more: Record<string, number> = {};
  const parts: Record<string, unknown> = {};
  for (const { list, from } of lists) {
    const all = whole[list] as readonly unknown[];
    const length = shown.get(list) ?? 0;
    parts[list] = all.slice(0, length);
    if (all.length === length) continue;
    more[list] = all.length - length;
    if (from !== undefined) parts.cursor = String(from + length);
  }
  return { ...whole, ...parts, ...(Object.keys(more).length > 0 ? { more } : {}) };
}
