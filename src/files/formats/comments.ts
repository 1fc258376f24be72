// One alternative for each thing that a comment's sign may stand in, so that it is skipped.
// Every alternative runs to the end of the text where its own end is missing: time stays linear.
const quoted = String.raw`"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?`;
const tokens = {
  c: new RegExp(`${String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|${quoted}|`}\`[^\`]*(?:\`|$)`, 'g'),
  python: new RegExp(String.raw`#[^\n]*|"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|${quoted}`, 'g'),
  xml: /<!--[\s\S]*?(?:-->|$)/g,
} as const;

const isComment = {
  c: (token: string) => token.startsWith('//') || token.startsWith('/*'),
  python: (token: string) => token.startsWith('#') || /^("""|''')/.test(token),
  xml: () => true,
} as const;

/** The same text with spaces for comments, so that every offset stays what it was. */
export function blankComments(text: string, syntax: keyof typeof tokens): string {
  return text.replaceAll(tokens[syntax], (token) =>
    isComment[syntax](token) ? token.replaceAll(/[^\n]/g, ' ') : token,
  );
}
