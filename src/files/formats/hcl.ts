import type { Place } from '../place.ts';
import { largestManifest, type ProjectFile } from '../project-file.ts';

export type HclValue = {
  readonly at: Place;
  readonly keyAt: Place;
  /** A literal; undefined for what is computed. */
  readonly text: string | undefined;
  /** Of a map. */
  readonly entries: readonly (readonly [string, HclValue])[];
  /** Of a heredoc: the offsets between which its lines stand. */
  readonly lines: { readonly start: number; readonly end: number } | undefined;
};

export type HclBlock = {
  /** `resource`. */
  readonly type: string;
  /** `"aws_msk_cluster" "orders"`. */
  readonly labels: readonly string[];
  readonly at: Place;
  readonly attributes: ReadonlyMap<string, HclValue>;
  readonly blocks: readonly HclBlock[];
};

type Tree = ReturnType<typeof import('codemirror-lang-hcl')['hclLanguage']['parser']['parse']>;
type SyntaxNode = Tree['topNode'];

/** Deeper than any file of a person, shallow enough for a parser that recovers from errors. */
const deepest = 60;
/** Milliseconds: recovery from errors can take time square to their number. */
const longest = 1_000;

/** The blocks of a file of Terraform. */
export async function hcl(file: ProjectFile): Promise<readonly HclBlock[]> {
  if (file.text.length > largestManifest) throw new Error('larger than 200 KB');
  if (isTooDeep(file.text)) throw new Error('nested too deep');
  const { hclLanguage } = await import('codemirror-lang-hcl');
  const parsing = hclLanguage.parser.startParse(file.text);
  const end = performance.now() + longest;
  let tree = parsing.advance();
  while (tree === null) {
    if (performance.now() > end) throw new Error('takes too long to be read');
    tree = parsing.advance();
  }
  return blocksIn(tree.topNode.getChild('Body'), file);
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [sign] of text.matchAll(/[{}[\]()]/g)) {
    depth += '{[('.includes(sign) ? 1 : -1;
    if (depth > deepest) return true;
  }
  return false;
}

/** The grammar does not know all of HCL's expressions; what it stumbles over is left out. */
function isBroken(node: SyntaxNode): boolean {
  let broken = false;
  node.cursor().iterate(({ type }) => {
    broken ||= type.isError;
    return !broken;
  });
  return broken;
}

const textOf = ({ from, to }: SyntaxNode, { text }: ProjectFile) => text.slice(from, to);

function blocksIn(body: SyntaxNode | null, file: ProjectFile): HclBlock[] {
  return (body?.getChildren('Block') ?? []).map((block) => {
    const type = block.getChild('BlockType') ?? block;
    const inside = block.getChild('Body');
    return {
      type: textOf(type, file),
      labels: block.getChildren('BlockLabel').map((label) => unquoted(textOf(label, file))),
      at: file.place(block.from, type.to),
      attributes: new Map(
        (inside?.getChildren('Attribute') ?? []).flatMap((one) => pairOf(one, file)),
      ),
      blocks: blocksIn(inside, file),
    };
  });
}

function pairOf(node: SyntaxNode, file: ProjectFile): (readonly [string, HclValue])[] {
  const key = node.getChild('Identifier') ?? node.getChild('ObjectKey');
  const value = node.getChild('Expression');
  return key && value && !isBroken(node)
    ? [[unquoted(textOf(key, file)), expressionValue(value, key, file)]]
    : [];
}

function expressionValue(expression: SyntaxNode, key: SyntaxNode, file: ProjectFile): HclValue {
  const literal = expression.getChild('LiteralValue');
  const heredoc = expression.getChild('TemplateExpr')?.getChild('HeredocTemplate');
  const map = expression.getChild('CollectionValue')?.getChild('Object');
  const [first, last] = heredoc?.getChildren('HeredocIdentifier') ?? [];
  return {
    at: file.place(expression.from, expression.to),
    keyAt: file.place(key.from, key.to),
    text: literal ? unquoted(textOf(literal, file)) : undefined,
    entries: (map?.getChildren('ObjectElem') ?? []).flatMap((one) => pairOf(one, file)),
    lines:
      first && last
        ? { start: file.text.indexOf('\n', first.to - 1) + 1, end: last.from }
        : undefined,
  };
}

const signs: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** `$${` and `%%{` stand for themselves. */
const unquoted = (text: string): string =>
  /^".*"$/s.test(text)
    ? text
        .slice(1, -1)
        .replaceAll(/\\(.)/g, (_, sign: string) => signs[sign] ?? sign)
        .replaceAll(/([$%])\1\{/g, '$1{')
    : text;
