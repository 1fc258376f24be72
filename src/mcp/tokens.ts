const pieces = /[A-Z]?[a-z]+|[A-Z]+|\d+|[^\S\n]+|[!-/:-@[-`{-~]+|./gs;

/**
 * About how many tokens of a model a text is, rather more than fewer: a tokenizer with its
 * vocabulary is megabytes. A test compares it with o200k.
 */
export function tokens(text: string): number {
  let sum = 0;
  for (const [piece] of text.matchAll(pieces)) sum += weight(piece);
  return Math.ceil(sum);
}

/** Words are long, marks of JSON go together, and digits go by three. */
function weight(piece: string): number {
  if (/^[A-Z]?[a-z]/.test(piece)) return Math.ceil(piece.length / 6);
  if (/^[A-Z]/.test(piece)) return Math.ceil(piece.length / 2);
  if (/^\d/.test(piece)) return Math.ceil(piece.length / 3);
  if (piece === ' ') return 0.1;
  return piece.charCodeAt(0) > 0x7e ? 3 : Math.ceil(piece.length / 3) * 1.05;
}
