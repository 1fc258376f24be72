import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { keepFormatting } from './lines.ts';
import { canonical, mergeTrees, type StructureMerge } from './structure.ts';

/** Merges JSON by key; undefined when one of the texts is not JSON, or repeats a key. */
export function mergeJson(base: string, theirs: string, ours: string): StructureMerge | undefined {
  const attempt = (side: 'mine' | 'krafters') => {
    const [b, t, o] = [parse(base), parse(theirs), parse(ours)];
    if (!b || !t || !o) return undefined;
    const indent = /^[[{]\r?\n([ \t]+)/.exec(theirs)?.[1] ?? '  ';
    const printed = print(t, indent);
    const keys = mergeTrees(b, t, o, side);
    const text = keepFormatting(theirs, `${printed}\n`, `${print(t, indent)}\n`);
    return jsonValue(text) === canonical(t) ? { keys, text } : undefined;
  };
  const mine = attempt('mine');
  if (!mine || mine.keys.length === 0) return mine && { kind: 'clean', text: mine.text };
  const krafters = attempt('krafters');
  return (
    krafters && { kind: 'conflict', keys: mine.keys, mine: mine.text, krafters: krafters.text }
  );
}

export function jsonValue(text: string): string | undefined {
  const tree = parse(text);
  return tree && canonical(tree);
}

// JSON is YAML, whose parser also keeps the order of keys, large numbers and finds repeated keys.
function parse(text: string): Node | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const document = parseDocument(text, { schema: 'json', intAsBigInt: true, uniqueKeys: true });
  const { contents, errors } = document;
  return errors.length === 0 && (isMap(contents) || isSeq(contents)) ? contents : undefined;
}

function print(node: unknown, indent: string, margin = ''): string {
  const inner = margin + indent;
  const block = (open: string, lines: string[], close: string) =>
    lines.length === 0
      ? open + close
      : `${open}\n${inner}${lines.join(`,\n${inner}`)}\n${margin}${close}`;
  if (isMap(node)) {
    const lines = node.items.map(
      ({ key, value }) => `${print(key, indent, inner)}: ${print(value, indent, inner)}`,
    );
    return block('{', lines, '}');
  }
  if (isSeq(node))
    return block(
      '[',
      node.items.map((item) => print(item, indent, inner)),
      ']',
    );
  if (!isScalar(node)) return 'null';
  return typeof node.value === 'string'
    ? JSON.stringify(node.value)
    : (node.source ?? String(node.value));
}
