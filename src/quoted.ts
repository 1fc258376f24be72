import { printable } from './printable.ts';

const longest = 100;

/**
 * A name or a value that somebody gave to something in the cluster: in quotes, on one line, and
 * bounded. Whoever reads it can see where it begins and ends, whatever it says.
 */
export const quoted = (text: string): string => JSON.stringify(bounded(text));

/** The same without quotes: for a field of JSON, which has its own. */
export function bounded(text: string, most: number = longest): string {
  const shown = printable(text.length > most * 4 ? text.slice(0, most * 4) : text);
  return shown.length > most ? `${shown.slice(0, most - 1)}…` : shown;
}

/** A name within a sentence: what could be read as one of its words, or as more, is in quotes. */
export const mention = (text: string): string =>
  /^[\p{L}\p{Nd}_$.-]{1,100}$/u.test(text) ? text : quoted(text);
