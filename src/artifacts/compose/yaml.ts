import { Alias, Document, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';

/** What a Compose file is made of. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | Mapping
  | Reasoned
  | Reference;
export type Mapping = { readonly [key: string]: Value | undefined };

class Reasoned {
  readonly why: string;
  readonly value: Value;
  constructor(why: string, value: Value) {
    this.why = why;
    this.value = value;
  }
}

class Reference {
  readonly anchor: string;
  constructor(anchor: string) {
    this.anchor = anchor;
  }
}

/** A value with its reason, which is written above it. */
export const because = (why: string, value: Value): Value => new Reasoned(why, value);

/** What services share: `x-NAME: &NAME` at the top, `<<: *NAME` in each. */
export const shared = (name: string): Mapping => ({ '<<': new Reference(name) });

/** A Compose file that starts with `head`, with a blank line before each section and service. */
export function composeText(head: string, file: Mapping): string {
  const document = new Document();
  const root = mapping(file);
  for (const { key, value } of root.items) {
    const name = key as Scalar<string>;
    name.spaceBefore = true;
    if (name.value.startsWith('x-')) (value as YAMLMap).anchor = name.value.slice('x-'.length);
    if (name.value === 'services') separate(value as YAMLMap);
  }
  document.contents = root as typeof document.contents;
  return `${head}${document.toString({ lineWidth: 0, nullStr: '', flowCollectionPadding: false })}`;
}

const separate = ({ items: [, ...rest] }: YAMLMap): void => {
  for (const { key } of rest) (key as Scalar).spaceBefore = true;
};

function toNode(value: Value): Node {
  if (value instanceof Reasoned) return toNode(value.value);
  if (value instanceof Reference) return new Alias(value.anchor);
  if (isList(value)) return sequence(value);
  if (typeof value === 'object' && value !== null) return mapping(value);
  const scalar = new Scalar(value);
  // YAML 1.1 takes these for booleans.
  if (/^(y|yes|n|no|on|off)$/i.test(String(value))) scalar.type = Scalar.QUOTE_SINGLE;
  return scalar;
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

function mapping(value: Mapping): YAMLMap<Scalar<string>, Node> {
  const map = new YAMLMap<Scalar<string>, Node>();
  for (const [key, entry] of Object.entries(value)) {
    if (entry === undefined) continue;
    const name = new Scalar(key);
    if (entry instanceof Reasoned) name.commentBefore = comment(entry.why);
    const node = toNode(entry);
    if (node instanceof YAMLSeq) node.flow = words.has(key) && !node.items.some(hasComment);
    map.items.push(new Pair(name, node));
  }
  return map;
}

const hasComment = (node: unknown): boolean =>
  node instanceof Scalar && Boolean(node.commentBefore);

/** Lists that people write on one line. */
const words = new Set(['entrypoint', 'command', 'test', 'cap_drop', 'cap_add']);

function sequence(values: readonly Value[]): YAMLSeq {
  const list = new YAMLSeq();
  for (const value of values) {
    const node = toNode(value);
    if (value instanceof Reasoned) node.commentBefore = comment(value.why);
    list.items.push(node);
  }
  return list;
}

const comment = (text: string): string => text.replaceAll(/^/gm, ' ');
