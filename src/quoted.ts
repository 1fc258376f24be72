import { printable } from './printable.ts';

const longest = 100;

/**
 * A name or a value that somebody gave to something in the cluster: in quotes, on one line, and
 * bounded. Whoever reads it can see where it begins and ends, whatever it says.
 */
export const quoted = (text: string): string => JSON.stringify(bounded(text));

/** The same without quotes: for a field of JSON, which has its own. */
export function bounded(text: string): string {
  const shown = printable(text.length > longest * 4 ? text.slice(0, longest * 4) : text);
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
}
