/** Times of both sides in one run, and what ours may be of theirs. */
export type Comparison = {
  readonly unit: 'ms' | 's';
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
};

/** Prints medians with their range and the ratio; fails when it is above the goal. */
export function report(title: string, goal: number, { unit, ours, theirs }: Comparison): void {
  const ratio = median(ours) / median(theirs);
  console.log(title);
  console.log(`  krafter     ${spread(ours, unit)}`);
  console.log(`  against     ${spread(theirs, unit)}`);
  console.log(`  ratio       ${ratio.toFixed(2)}, wanted ${goal.toFixed(1)} or less`);
  if (ratio > goal) process.exitCode = 1;
}

/** Median and range. */
export const spread = (times: readonly number[], unit: string): string => {
  const digits = unit === 'ms' ? 0 : 1;
  const [least, most] = [Math.min(...times), Math.max(...times)].map((time) =>
    time.toFixed(digits),
  );
  return `median ${median(times).toFixed(digits)} ${unit}, ${least} to ${most}, ${times.length} runs`;
};

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
