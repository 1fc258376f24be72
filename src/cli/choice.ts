import { refuse } from '../errors.ts';
import { nearest } from '../nearest.ts';

/** The words of a flag for its help; those that can not be had yet are told apart. */
export function choices(words: readonly (string | number)[], today: readonly (string | number)[]) {
  const later = words.filter((word) => !today.includes(word));
  return `${today.join(', ')}${later.length > 0 ? ` (later: ${later.join(', ')})` : ''}`;
}

/** A parser for a flag with a fixed set of words; a wrong one names the nearest. */
export const oneOf =
  <T extends string | number>(flag: string, words: readonly T[]) =>
  (given: string): T => {
    const match = words.find((word) => String(word) === given);
    if (match !== undefined) return match;
    const near = nearest(given, words.map(String));
    throw refuse({
      what: `${flag} ${given.slice(0, 60)} is unknown; there are ${words.join(', ')}.`,
      where: flag,
      next: near ? `Did you mean ${flag} ${near}?` : `Choose one of ${words.join(', ')}.`,
    });
  };
