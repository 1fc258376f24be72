/** What the first lines of a generated file say about who owns it. */
export const ownershipLines = [
  'Made by krafter from krafter.yaml. Yours to edit: `krafter synth` merges,',
  'and never overwrites a line that you changed.',
] as const;

/** The same as comments, e.g. with `#`. */
export const header = (title: string, comment = '#'): string =>
  [title, ...ownershipLines].map((line) => `${comment} ${line}`.trimEnd()).join('\n');
