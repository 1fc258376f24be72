import { distance } from 'fastest-levenshtein';

/** The word that was probably meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  // A word longer than this is no typing error, and distances are quadratic.
  if (word.length > 100) return undefined;
  const [best] = candidates
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  if (!best) return undefined;
  const { candidate, far } = best;
  // With every letter changed it is another word: 5 is not nearly 1.
  return far <= Math.max(2, word.length / 3) && far < candidate.length ? candidate : undefined;
}
