import { InvalidSchema, type Stretch } from '../schema.ts';

export type Token = Stretch & {
  readonly kind: 'word' | 'number' | 'string' | 'sign';
  readonly text: string;
};

// One alternative for each thing; what none of them takes is refused. Time is linear.
const token =
  /(\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|([A-Za-z_][\w]*)|((?:0[xX][0-9a-fA-F]+|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)[fF]?)|("(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')|([^\s\w"'])/gy;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const start = token.lastIndex;
    const match = token.exec(text);
    if (!match) {
      token.lastIndex = 0;
      throw new InvalidSchema({ says: 'a text without an end', start, end: start + 1 });
    }
    const [all, blank, word, number, string] = match;
    if (blank !== undefined) continue;
    const kind =
      word !== undefined
        ? 'word'
        : number !== undefined
          ? 'number'
          : string !== undefined
            ? 'string'
            : 'sign';
    if (all.startsWith('/') && text.startsWith('/*', start))
      throw new InvalidSchema({ says: 'a comment without an end', start, end: start + 2 });
    tokens.push({ kind, text: all, start, end: start + all.length });
  }
  return tokens;
}
