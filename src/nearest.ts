import { distance } from 'fastest-levenshtein';

/** The word that was probably meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  // A word longer than this is no typing error, and distances are quadratic.
  if (word.length > 100) return undefined;
  const given = word.toLowerCase();
  const begun = candidates.filter((candidate) => candidate.toLowerCase().startsWith(given));
  if (given.length > 2 && begun.length === 1) return begun[0];
  const [best] = candidates
    .map((candidate) => ({ candidate, far: distance(given, candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  if (!best) return undefined;
  const { candidate, far } = best;
  // With every letter changed it is another word: 5 is not nearly 1.
  return far <= Math.max(2, word.length / 3) && far < candidate.length ? candidate : undefined;
}
