import {
  type JsonNode,
  JsonProblem,
  jsonTree,
  plain,
  property,
  stringProperty,
} from '../../files/formats/json-tree.ts';
import { quoted } from '../../quoted.ts';
import { InvalidSchema, ofReference } from '../schema.ts';
import { invalidities } from './invalid.ts';
import type { Limits, Rest, Shape } from './model.ts';

export type JsonSchema = { readonly root: Shape; readonly node: JsonNode };

/** A JSON Schema, of draft 4 to 2020-12. Throws {@link InvalidSchema}. */
export function parseJsonSchema(
  text: string,
  references: ReadonlyMap<string, string> = new Map(),
): JsonSchema {
  const node = tree(text);
  const [problem] = invalidities(node);
  if (problem) throw new InvalidSchema(problem);
  const others = new Map(
    [...references].map(([name, other]) => [name, ofReference(name, () => tree(other))]),
  );
  const documents = new Map<string, JsonNode>();
  for (const [name, other] of [...others, ['', node] as const]) {
    documents.set(name, other);
    const id = stringProperty(other, '$id') ?? stringProperty(other, 'id');
    if (id !== undefined) documents.set(id.replace(/#$/, ''), other);
  }
  const shapes = new Map<JsonNode, Shape>();
  const lower = (one: JsonNode, document: JsonNode): Shape => {
    const before = shapes.get(one);
    if (before) return before;
    const shape = shapeOf(one, {
      lower: (part) => lower(part, document),
      refer: (reference) => {
        const found = target(reference, document, documents);
        if (!found) throw unresolved(reference, one, nameOf(document));
        return () => lower(found.node, found.document);
      },
    });
    shapes.set(one, shape);
    return shape;
  };
  const nameOf = (document: JsonNode) => [...others].find(([, other]) => other === document)?.[0];
  return { root: lower(node, node), node };
}

const unresolved = (reference: string, { start, end }: JsonNode, within: string | undefined) =>
  new InvalidSchema({ says: `nothing is at ${shownReference(reference)}`, start, end }, within);

const shownReference = (reference: string): string =>
  /^[\w:/.#$~%-]{1,100}$/.test(reference) ? reference : quoted(reference);

function tree(text: string): JsonNode {
  try {
    return jsonTree(text, 'refused');
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    throw new InvalidSchema({ says: error.message, start: error.start, end: error.end });
  }
}

/** `#/definitions/Order`, `#anchor`, `order.json`, `order.json#/properties/id`. */
function target(
  reference: string,
  document: JsonNode,
  documents: ReadonlyMap<string, JsonNode>,
): { readonly node: JsonNode; readonly document: JsonNode } | undefined {
  const [base = '', fragment = ''] = reference.split('#', 2);
  const within = base === '' ? document : (documents.get(base) ?? byEnd(base, documents));
  if (!within) return undefined;
  if (fragment === '') return { node: within, document: within };
  const node = fragment.startsWith('/')
    ? pointed(within, fragment)
    : subschemas(within).find(
        (one) =>
          stringProperty(one, '$anchor') === fragment ||
          stringProperty(one, '$id') === `#${fragment}`,
      );
  return node && { node, document: within };
}

/** `http://example.com/order.json` names what was given as `order.json`. */
const byEnd = (base: string, documents: ReadonlyMap<string, JsonNode>): JsonNode | undefined =>
  [...documents].find(
    ([name]) => name !== '' && (base.endsWith(`/${name}`) || name.endsWith(`/${base}`)),
  )?.[1];

function pointed(document: JsonNode, pointer: string): JsonNode | undefined {
  let at: JsonNode | undefined = document;
  for (const part of pointer.split('/').slice(1)) {
    const name = unescaped(part);
    at = at?.kind === 'array' ? at.items[Number(name)] : property(at, name);
  }
  return at;
}

function unescaped(part: string): string {
  const decoded = /%[0-9a-f]{2}/i.test(part) ? safeDecoded(part) : part;
  return decoded.replaceAll('~1', '/').replaceAll('~0', '~');
}

function safeDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function subschemas(node: JsonNode): JsonNode[] {
  const found: JsonNode[] = [node];
  for (const one of found) {
    if (one.kind === 'array') for (const item of one.items) found.push(item);
    if (one.kind === 'object') for (const { value } of one.properties) found.push(value);
  }
  return found;
}

type Within = {
  readonly lower: (node: JsonNode) => Shape;
  readonly refer: (reference: string) => () => Shape;
};

/** As everit's SchemaLoader: each group of keywords is a schema, several are all to hold. */
function shapeOf(node: JsonNode, within: Within): Shape {
  if (node.kind === 'boolean') return { kind: node.value ? 'anything' : 'nothing', node };
  const reference = stringProperty(node, '$ref');
  const connectType = stringProperty(node, 'connect.type');
  const written = {
    node,
    hasDefault: property(node, 'default') !== undefined,
    ...(connectType !== undefined && { connectType }),
  };
  if (reference !== undefined)
    return { ...written, kind: 'reference', to: within.refer(reference) };
  const parts = groups(node, within);
  const [first] = parts;
  if (!first) return { ...written, kind: 'anything' };
  if (parts.length === 1) return { ...first, ...written };
  return { ...written, kind: 'combined', criterion: 'allOf', parts };
}

function* list(node: JsonNode | undefined): Generator<JsonNode> {
  if (node?.kind === 'array') yield* node.items;
}

function groups(node: JsonNode, within: Within): Shape[] {
  const { lower } = within;
  const found: Shape[] = [];
  const negated = property(node, 'not');
  if (negated) found.push({ kind: 'not', node, shape: lower(negated) });
  const values = property(node, 'enum');
  if (values) found.push({ kind: 'enum', node, values: new Set([...list(values)].map(canonical)) });
  const value = property(node, 'const');
  if (value) found.push({ kind: 'const', node, value: canonical(value) });
  for (const criterion of ['allOf', 'anyOf', 'oneOf'] as const) {
    const parts = property(node, criterion);
    if (parts)
      found.push({ kind: 'combined', node, criterion, parts: [...list(parts)].map(lower) });
  }
  if (property(node, 'if') && (property(node, 'then') || property(node, 'else')))
    found.push({ kind: 'conditional', node });
  const type = property(node, 'type');
  if (type?.kind === 'string') found.push(typed(type.value, node, within));
  else if (type?.kind === 'array')
    found.push({
      kind: 'combined',
      node,
      criterion: 'anyOf',
      parts: [...list(type)].map((one) => typed(String(plain(one)), node, within)),
    });
  else {
    const keywords = node.kind === 'object' ? node.properties.map(({ name }) => name) : [];
    const guess = Object.entries(typical).find(([, own]) => keywords.some((one) => own.has(one)));
    if (guess) found.push(typed(guess[0], node, within));
  }
  return found;
}

/** Where there is no type, keywords tell it: PropertySnifferSchemaExtractor, in its order. */
const typical: Readonly<Record<string, ReadonlySet<string>>> = {
  array: new Set([
    'items',
    'additionalItems',
    'minItems',
    'maxItems',
    'uniqueItems',
    'contains',
    'prefixItems',
    'unevaluatedItems',
  ]),
  string: new Set(['minLength', 'maxLength', 'pattern', 'format']),
  number: new Set(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']),
  object: new Set([
    'properties',
    'required',
    'minProperties',
    'maxProperties',
    'dependencies',
    'patternProperties',
    'additionalProperties',
    'propertyNames',
    'dependentRequired',
    'dependentSchemas',
    'unevaluatedProperties',
  ]),
};

function typed(type: string, node: JsonNode, within: Within): Shape {
  switch (type) {
    case 'string':
      return {
        kind: 'string',
        node,
        limits: limits(node, 'maxLength', 'minLength'),
        pattern: stringProperty(node, 'pattern'),
      };
    case 'number':
    case 'integer':
      return { kind: 'number', node, whole: type === 'integer', limits: numberLimits(node) };
    case 'boolean':
    case 'null':
      return { kind: type, node };
    case 'array':
      return arrayShape(node, within);
    default:
      return objectShape(node, within);
  }
}

function arrayShape(node: JsonNode, { lower }: Within): Shape {
  const items = property(node, 'items');
  const first = property(node, 'prefixItems') ?? (items?.kind === 'array' ? items : undefined);
  // Before 2020-12 the rest is in additionalItems, since then in items.
  const additional = first && items && items !== first ? items : property(node, 'additionalItems');
  const every = first ? undefined : items;
  const unevaluated = property(node, 'unevaluatedItems');
  const unique = property(node, 'uniqueItems');
  return {
    kind: 'array',
    node,
    every: every && lower(every),
    each: [...list(first)].map(lower),
    additional: rest(additional, lower),
    unevaluated: unevaluated && lower(unevaluated),
    unique: unique?.kind === 'boolean' && unique.value,
    limits: limits(node, 'maxItems', 'minItems', 'maxContains', 'minContains'),
  };
}

function objectShape(node: JsonNode, { lower }: Within): Shape {
  const entries = (name: string) => {
    const map = property(node, name);
    return map?.kind === 'object'
      ? map.properties.map((one) => [one.name, one.value] as const)
      : [];
  };
  const needed = [...entries('dependencies'), ...entries('dependentRequired')];
  const shapes = [...entries('dependencies'), ...entries('dependentSchemas')];
  const unevaluated = property(node, 'unevaluatedProperties');
  return {
    kind: 'object',
    node,
    properties: new Map(entries('properties').map(([name, value]) => [name, lower(value)])),
    patterns: entries('patternProperties').flatMap(([name, value]) => {
      const pattern = regularExpression(name);
      return pattern ? [{ pattern, shape: lower(value) }] : [];
    }),
    required: new Set([...list(property(node, 'required'))].map((one) => String(plain(one)))),
    additional: rest(property(node, 'additionalProperties'), lower),
    unevaluated: unevaluated && lower(unevaluated),
    limits: limits(node, 'maxProperties', 'minProperties'),
    neededWith: new Map(
      needed.flatMap(([name, value]) =>
        value.kind === 'array'
          ? [[name, new Set(value.items.map((one) => String(plain(one))))]]
          : [],
      ),
    ),
    shapesWith: new Map(
      shapes.flatMap(([name, value]) => (value.kind === 'array' ? [] : [[name, lower(value)]])),
    ),
  };
}

/** A group that repeats and is repeated can take for ever; nobody's property needs one. */
const endless = /[+*}][^()]*\)[+*{]|\|[^()]*\)[+*{]/;

function regularExpression(pattern: string): RegExp | undefined {
  if (pattern.length > 200 || endless.test(pattern)) return undefined;
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}

function rest(node: JsonNode | undefined, lower: (node: JsonNode) => Shape): Rest {
  if (node === undefined) return { allowed: true, shape: undefined };
  if (node.kind === 'boolean') return { allowed: node.value, shape: undefined };
  return { allowed: true, shape: lower(node) };
}

function limits(node: JsonNode, ...names: readonly string[]): Limits {
  return new Map(
    names.flatMap((name) => {
      const value = property(node, name);
      return value?.kind === 'number' ? [[name, value.value]] : [];
    }),
  );
}

/** In draft 4 a boolean says that the limit itself is left out. */
function numberLimits(node: JsonNode): Limits {
  const found = new Map(
    limits(node, 'maximum', 'minimum', 'exclusiveMaximum', 'exclusiveMinimum', 'multipleOf'),
  );
  for (const [name, exclusive] of [
    ['maximum', 'exclusiveMaximum'],
    ['minimum', 'exclusiveMinimum'],
  ] as const) {
    const flag = property(node, exclusive);
    const limit = found.get(name);
    if (flag?.kind !== 'boolean' || !flag.value || limit === undefined) continue;
    found.delete(name);
    found.set(exclusive, limit);
  }
  return found;
}

/** The same text for what JSON takes for the same: the order of keys and 1.0 for 1 don't matter. */
export function canonical(node: JsonNode): string {
  if (node.kind === 'array') return `[${node.items.map(canonical).join(',')}]`;
  if (node.kind !== 'object') return JSON.stringify(node.value);
  const entries = new Map(node.properties.map(({ name, value }) => [name, canonical(value)]));
  const sorted = [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}
