import { distance } from 'fastest-levenshtein';

/** The word that was probably meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  // A word longer than this is no typing error, and distances are quadratic.
  if (word.length > 100) return undefined;
  const [best] = candidates
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(2, word.length / 3) ? best.candidate : undefined;
}
