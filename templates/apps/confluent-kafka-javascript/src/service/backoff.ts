/** Exponential back-off from `firstMs` to `lastMs`, with jitter so that services don't retry in step. */
export function backoffMs(
  attempt: number,
  { firstMs = 100, lastMs = 10_000, random = Math.random } = {},
): number {
  const ceiling = Math.min(lastMs, firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.max(firstMs, Math.round(ceiling * (0.5 + random() / 2)));
}
