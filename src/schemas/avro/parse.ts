import {
  type JsonNode,
  JsonProblem,
  jsonTree,
  property,
  stringProperty,
} from '../../files/formats/json-tree.ts';
import { mention, quoted } from '../../quoted.ts';
import { InvalidSchema, type Problem, type Stretch } from '../schema.ts';
import { isValidDefault } from './default.ts';
import {
  type AvroField,
  type AvroNamed,
  type AvroType,
  isNamed,
  type Primitive,
  primitives,
  typesOf,
} from './model.ts';

export type AvroSchema = {
  readonly root: AvroType;
  /** The named types that it defines. */
  readonly named: ReadonlyMap<string, AvroNamed>;
  /** Names that are defined elsewhere. */
  readonly missing: readonly Problem[];
};

/**
 * A schema as Avro's own parser takes it (org.apache.avro.Schema.Parser 1.12: comments are allowed, a
 * name may be used before it is defined), with places. Throws {@link InvalidSchema}.
 */
export function parseAvro(
  text: string,
  beside: ReadonlyMap<string, AvroNamed> = new Map(),
): AvroSchema {
  const root = tree(text);
  const named = new Map<string, AvroNamed>();
  const missing: Problem[] = [];
  const later: (() => void)[] = [];
  const defaults: (() => void)[] = [];

  let type = typeOf(root, undefined, (found) => {
    type = found;
  });
  for (const resolve of later) resolve();
  // Unions look at the names of their branches, defaults at their types: both are known only now.
  for (const one of typesOf(type)) if (one.kind === 'union') refuseUnion(one.branches, one.at);
  for (const check of defaults) check();
  return { root: type, named, missing };

  /** `put` is called again where the type is a name that is resolved later. */
  function typeOf(
    node: JsonNode,
    namespace: string | undefined,
    put: (type: AvroType) => void,
  ): AvroType {
    if (node.kind === 'string') return reference(node.value, node, namespace, put);
    if (node.kind === 'array') return union(node, namespace);
    if (node.kind !== 'object') throw invalid('a type is a name, an object or a list', node);
    const name = stringProperty(node, 'type');
    if (name === undefined) throw invalid('there is no type', node);
    if (isPrimitive(name)) return { kind: name, at: node, ...logical(node) };
    switch (name) {
      case 'record':
      case 'error':
        return record(node, namespace);
      case 'enum':
        return enumeration(node, namespace);
      case 'fixed':
        return fixed(node, namespace);
      case 'array': {
        const items = property(node, 'items');
        if (!items) throw invalid('the array has no items', node);
        const array = { kind: 'array' as const, at: node, ...logical(node), items: nothing };
        array.items = typeOf(items, namespace, (found) => {
          array.items = found;
        });
        return array;
      }
      case 'map': {
        const values = property(node, 'values');
        if (!values) throw invalid('the map has no values', node);
        const map = { kind: 'map' as const, at: node, ...logical(node), values: nothing };
        map.values = typeOf(values, namespace, (found) => {
          map.values = found;
        });
        return map;
      }
      default:
        return reference(name, property(node, 'type') ?? node, namespace, put);
    }
  }

  function union(node: JsonNode & { kind: 'array' }, namespace: string | undefined): AvroType {
    const branches: AvroType[] = [];
    for (const [index, item] of node.items.entries())
      branches[index] = typeOf(item, namespace, (found) => {
        branches[index] = found;
      });
    return { kind: 'union', at: node, branches };
  }

  function reference(
    name: string,
    node: JsonNode,
    namespace: string | undefined,
    put: (type: AvroType) => void,
  ): AvroType {
    if (isPrimitive(name)) return { kind: name, at: node };
    const fullName = qualified(name, namespace);
    later.push(() => {
      const found =
        named.get(fullName) ?? named.get(name) ?? beside.get(fullName) ?? beside.get(name);
      if (found) return put(found);
      missing.push({
        says: `${mention(fullName)} is not defined`,
        start: node.start,
        end: node.end,
      });
    });
    return { kind: 'unresolved', at: node, fullName };
  }

  function record(node: JsonNode, outer: string | undefined): AvroType {
    const names = namesOf(node, outer);
    const list = property(node, 'fields');
    if (list?.kind !== 'array') throw invalid(`${mention(names.fullName)} has no fields`, node);
    const fields: AvroField[] = [];
    const type = { kind: 'record' as const, at: node, ...logical(node), ...names, fields };
    const seen = new Set<string>();
    for (const one of list.items) {
      const made = field(one, names.namespace);
      if (seen.has(made.name))
        throw invalid(`${mention(names.fullName)} has two fields ${made.name}`, made.nameAt);
      seen.add(made.name);
      fields.push(made);
    }
    define(type);
    return type;
  }

  function field(node: JsonNode, namespace: string | undefined): AvroField {
    const nameNode = property(node, 'name');
    const typeNode = property(node, 'type');
    if (nameNode?.kind !== 'string') throw invalid('a field has no name', node);
    const name = nameNode.value;
    refuseName(name, nameNode);
    if (!typeNode) throw invalid(`the field ${name} has no type`, node);
    const order = property(node, 'order');
    if (order && !isOrder(order))
      throw invalid(`the order of ${name} is none of ascending, descending, ignore`, order);
    const given = property(node, 'default');
    const made: AvroField = {
      name,
      at: node,
      nameAt: nameNode,
      type: nothing,
      default: given,
      aliases: stringsOf(node, 'aliases'),
      doc: stringProperty(node, 'doc') !== undefined,
    };
    made.type = typeOf(typeNode, namespace, (found) => {
      made.type = found;
    });
    if (given)
      defaults.push(() => {
        if (!isValidDefault(made.type, given))
          throw invalid(`the default of ${name} is no ${shown(made.type)}`, given);
      });
    return made;
  }

  function enumeration(node: JsonNode, namespace: string | undefined): AvroType {
    const names = namesOf(node, namespace);
    const list = property(node, 'symbols');
    if (list?.kind !== 'array') throw invalid(`${mention(names.fullName)} has no symbols`, node);
    const symbols = new Set<string>();
    for (const item of list.items) {
      if (item.kind !== 'string') throw invalid('a symbol is a string', item);
      refuseName(item.value, item);
      if (symbols.has(item.value)) throw invalid(`the symbol ${item.value} is there twice`, item);
      symbols.add(item.value);
    }
    const fallback = property(node, 'default');
    const chosen = fallback?.kind === 'string' ? fallback.value : undefined;
    if (chosen !== undefined && !symbols.has(chosen))
      throw invalid(`the default ${mention(chosen)} is none of the symbols`, fallback ?? node);
    return define({
      kind: 'enum',
      at: node,
      ...logical(node),
      ...names,
      symbols: [...symbols],
      default: chosen,
    });
  }

  function fixed(node: JsonNode, namespace: string | undefined): AvroType {
    const names = namesOf(node, namespace);
    const size = property(node, 'size');
    if (size?.kind !== 'number' || !/^-?\d{1,10}$/.test(size.written) || size.value < 0)
      throw invalid(`${mention(names.fullName)} has no size`, size ?? node);
    return define({ kind: 'fixed', at: node, ...logical(node), ...names, size: size.value });
  }

  function define<T extends AvroNamed>(type: T): T {
    if (named.has(type.fullName))
      throw invalid(`${mention(type.fullName)} is defined twice`, type.nameAt);
    named.set(type.fullName, type);
    return type;
  }
}

function tree(text: string): JsonNode {
  try {
    return jsonTree(text, 'allowed');
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    throw new InvalidSchema({ says: error.message, start: error.start, end: error.end });
  }
}

/** Stands where a type is about to be put. */
const nothing: AvroType = { kind: 'null', at: { start: 0, end: 0 } };

const invalid = (says: string, { start, end }: Stretch) => new InvalidSchema({ says, start, end });

const isPrimitive = (name: string): name is Primitive =>
  (primitives as readonly string[]).includes(name);

const isOrder = (node: JsonNode) =>
  node.kind === 'string' && /^(ascending|descending|ignore)$/i.test(node.value);

function logical(node: JsonNode): { logicalType?: string } {
  const logicalType = stringProperty(node, 'logicalType');
  return logicalType === undefined ? {} : { logicalType };
}

function stringsOf(node: JsonNode, name: string): string[] {
  const list = property(node, name);
  if (!list) return [];
  if (list.kind !== 'array') throw invalid(`${name} is no list`, list);
  return list.items.map((item) => {
    if (item.kind !== 'string') throw invalid(`one of ${name} is no string`, item);
    return item.value;
  });
}

function namesOf(node: JsonNode, outer: string | undefined) {
  const nameNode = property(node, 'name');
  if (nameNode?.kind !== 'string') throw invalid('the type has no name', node);
  const written = nameNode.value;
  const dot = written.lastIndexOf('.');
  const given = dot === -1 ? (stringProperty(node, 'namespace') ?? outer) : written.slice(0, dot);
  const namespace = given === '' ? undefined : given;
  const name = written.slice(dot + 1);
  refuseName(name, nameNode);
  return {
    name,
    namespace,
    fullName: namespace === undefined ? name : `${namespace}.${name}`,
    nameAt: nameNode as Stretch,
    aliases: stringsOf(node, 'aliases').map((alias) => qualified(alias, namespace)),
    doc: stringProperty(node, 'doc') !== undefined,
  };
}

const qualified = (name: string, namespace: string | undefined): string =>
  name.includes('.') || namespace === undefined || namespace === ''
    ? name.replace(/^\./, '')
    : `${namespace}.${name}`;

/** NameValidator.UTF_VALIDATOR: letters of any script. */
function refuseName(name: string, at: Stretch): void {
  if (!/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name))
    throw invalid(`${quoted(name)} is no name in Avro`, at);
}

function refuseUnion(branches: readonly AvroType[], at: Stretch): void {
  const seen = new Set<string>();
  for (const branch of branches) {
    if (branch.kind === 'union') throw invalid('a union is in a union', branch.at);
    const name = isNamed(branch) || branch.kind === 'unresolved' ? branch.fullName : branch.kind;
    if (seen.has(name)) throw invalid(`the union has ${mention(name)} twice`, at);
    seen.add(name);
  }
}

/** "record com.example.Order", "union of null, string". */
export function shown(type: AvroType): string {
  if (isNamed(type)) return `${type.kind} ${mention(type.fullName)}`;
  if (type.kind === 'unresolved') return mention(type.fullName);
  if (type.kind === 'union') return `union of ${type.branches.map(shown).join(', ')}`;
  return type.kind;
}
