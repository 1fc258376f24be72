import { createScanner, printParseErrorCode, visit } from 'jsonc-parser';

/** A value of a JSON text and its stretch, offsets in UTF-16 units. */
export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'object'; readonly properties: readonly JsonProperty[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  /** As written: 1.0 is no whole number to Java, and 2^60 is too large for JavaScript. */
  | { readonly kind: 'number'; readonly value: number; readonly written: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null'; readonly value: null }
);

export type JsonProperty = {
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly value: JsonNode;
};

/** What is wrong with a text, and where. */
export class JsonProblem extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

/** Nobody writes so deep; what walks the tree may call itself. */
const deepest = 200;

type Open =
  | {
      readonly start: number;
      readonly properties: JsonProperty[];
      name?: Omit<JsonProperty, 'value'>;
    }
  | { readonly start: number; readonly items: JsonNode[] };

/** The tree of a JSON text. Throws a {@link JsonProblem}. */
export function jsonTree(text: string, comments: 'allowed' | 'refused'): JsonNode {
  refuseDepth(text);
  const stack: Open[] = [];
  let root: JsonNode | undefined;

  const add = (node: JsonNode) => {
    const top = stack.at(-1);
    if (!top) root = node;
    else if ('items' in top) top.items.push(node);
    else if (top.name) top.properties.push({ ...top.name, value: node });
  };
  visit(
    text,
    {
      onObjectBegin: (start) => void stack.push({ start, properties: [] }),
      onArrayBegin: (start) => void stack.push({ start, items: [] }),
      onObjectProperty(name, nameStart, length) {
        const top = stack.at(-1);
        if (top && 'properties' in top) top.name = { name, nameStart, nameEnd: nameStart + length };
      },
      onObjectEnd: (offset, length) => close(offset + length),
      onArrayEnd: (offset, length) => close(offset + length),
      onLiteralValue(value, start, length) {
        const end = start + length;
        if (typeof value === 'string') add({ kind: 'string', value, start, end });
        else if (typeof value === 'boolean') add({ kind: 'boolean', value, start, end });
        else if (typeof value === 'number')
          add({ kind: 'number', value, written: text.slice(start, end), start, end });
        else add({ kind: 'null', value: null, start, end });
      },
      onError(code, offset, length) {
        const what = printParseErrorCode(code)
          .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
          .toLowerCase();
        throw new JsonProblem(`not valid JSON (${what})`, offset, offset + length);
      },
    },
    { disallowComments: comments === 'refused', allowTrailingComma: false },
  );
  if (!root) throw new JsonProblem('not valid JSON (nothing in it)', 0, 0);
  return root;

  function close(end: number): void {
    const top = stack.pop();
    if (!top) return;
    const { start } = top;
    if ('items' in top) add({ kind: 'array', items: top.items, start, end });
    else add({ kind: 'object', properties: top.properties, start, end });
  }
}

function refuseDepth(text: string): void {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let token = scanner.scan(); token !== endOfText; token = scanner.scan()) {
    if (token === openBrace || token === openBracket) depth += 1;
    else if (token === closeBrace || token === closeBracket) depth -= 1;
    if (depth > deepest) {
      const at = scanner.getTokenOffset();
      throw new JsonProblem('nested too deep', at, at + 1);
    }
  }
}

// jsonc-parser declares them as a `const enum`, which has no values when types are only stripped.
const [openBrace, closeBrace, openBracket, closeBracket, endOfText] = [1, 2, 3, 4, 17];

/** The last of those with the same name, as parsers take it. */
export function property(node: JsonNode | undefined, name: string): JsonNode | undefined {
  if (node?.kind !== 'object') return undefined;
  return node.properties.findLast((one) => one.name === name)?.value;
}

export function stringProperty(node: JsonNode | undefined, name: string): string | undefined {
  const value = property(node, name);
  return value?.kind === 'string' ? value.value : undefined;
}

/** As JavaScript has it. */
export function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.properties.map(({ name, value }) => [name, plain(value)]));
    case 'array':
      return node.items.map(plain);
    default:
      return node.value;
  }
}
