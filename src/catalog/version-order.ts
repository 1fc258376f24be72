/** Whether one version of numbers with dots comes before another; what follows them doesn't count. */
export function isBefore(one: string, other: string): boolean {
  const [first, second] = [numbers(one), numbers(other)];
  const length = Math.max(first.length, second.length);
  for (let index = 0; index < length; index++) {
    const difference = (first[index] ?? 0) - (second[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

const numbers = (version: string): number[] =>
  (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);
