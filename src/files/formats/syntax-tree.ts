/** Programs as trees, by tree-sitter's grammars: what is broken in a file does not hide the rest. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Language as Grammar, Parser, TreeCursor } from 'web-tree-sitter';

/** A stretch of a text, by UTF-16 units. */
export type Span = { readonly start: number; readonly end: number };

/** A named node; what the grammar has no name for is in the text between its children. */
export type SyntaxNode = Span & {
  readonly type: string;
  /** What it is of the node above: `left`, `arguments`. */
  readonly field?: string;
  readonly children: readonly SyntaxNode[];
};

/** Where a grammar lies in its package. JavaScript is read as TSX, which is more than it. */
const grammars = {
  java: 'tree-sitter-java/tree-sitter-java.wasm',
  kotlin: '@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm',
  python: 'tree-sitter-python/tree-sitter-python.wasm',
  typescript: 'tree-sitter-typescript/tree-sitter-typescript.wasm',
  tsx: 'tree-sitter-typescript/tree-sitter-tsx.wasm',
  go: 'tree-sitter-go/tree-sitter-go.wasm',
} as const;
export type GrammarName = keyof typeof grammars;

/** Files of packages that the program needs as they are; the bundle has them in a folder beside it. */
export const wasmFiles: readonly string[] = [
  'web-tree-sitter/web-tree-sitter.wasm',
  ...Object.values(grammars),
];

/** Longer takes only what was made to. */
const longest = 2_000;
/** No program nests deeper; what does is cut off there, so that readers may call themselves. */
const deepest = 250;

export type Parse = (text: string) => SyntaxNode;

const loaded = new Map<GrammarName, Promise<Parse>>();

/** What parses a language. It throws an Error that says why it gave up. */
export function parserOf(name: GrammarName): Promise<Parse> {
  const known = loaded.get(name) ?? load(name);
  loaded.set(name, known);
  return known;
}

async function load(name: GrammarName): Promise<Parse> {
  // V8's second compiler takes half a gigabyte for Kotlin's grammar, and pays off for no repository.
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
  const { Parser, Language } = await import('web-tree-sitter');
  await Parser.init({ locateFile: () => located('web-tree-sitter/web-tree-sitter.wasm') });
  const grammar = await Language.load(located(grammars[name]));
  const make = () => new Parser().setLanguage(grammar as Grammar);
  let parser = make();
  return (text) => {
    try {
      return parsed(parser, text);
    } catch (error) {
      // It may be left in the middle of something.
      parser.delete();
      parser = make();
      throw error;
    }
  };
}

function located(file: string): string {
  const packed = join(import.meta.dirname, 'wasm', file.slice(file.lastIndexOf('/') + 1));
  return existsSync(packed) ? packed : createRequire(import.meta.url).resolve(file);
}

function parsed(parser: Parser, text: string): SyntaxNode {
  const until = performance.now() + longest;
  const tree = parser.parse(text, null, { progressCallback: () => performance.now() > until });
  if (!tree) throw new Error('it takes too long to read');
  try {
    const cursor = tree.walk();
    try {
      return copied(cursor);
    } finally {
      cursor.delete();
    }
  } finally {
    tree.delete();
  }
}

type Building = Span & { type: string; field?: string; children: Building[] };

/** The tree as plain objects: each question to a node of tree-sitter's is a call into WebAssembly. */
function copied(cursor: TreeCursor): SyntaxNode {
  const node = (): Building => {
    const field = cursor.currentFieldName;
    return {
      type: cursor.nodeType,
      ...(field && { field }),
      start: cursor.startIndex,
      end: cursor.endIndex,
      children: [],
    };
  };
  const root = node();
  const above = [root];
  if (!cursor.gotoFirstChild()) return root;
  for (;;) {
    if (cursor.nodeIsNamed && !/comment$/.test(cursor.nodeType)) {
      const own = node();
      above.at(-1)?.children.push(own);
      if (above.length < deepest && cursor.gotoFirstChild()) {
        above.push(own);
        continue;
      }
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return root;
      above.pop();
      if (above.length === 0) return root;
    }
  }
}
