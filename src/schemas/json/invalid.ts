import { type JsonNode, property } from '../../files/formats/json-tree.ts';
import { quoted } from '../../quoted.ts';
import type { Problem } from '../schema.ts';

const types = new Set(['string', 'number', 'integer', 'boolean', 'null', 'array', 'object']);
const one = [
  'not',
  'additionalItems',
  'contains',
  'propertyNames',
  'if',
  'then',
  'else',
  'additionalProperties',
  'unevaluatedItems',
  'unevaluatedProperties',
];
const many = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const named = ['properties', 'patternProperties', 'definitions', '$defs', 'dependentSchemas'];
const counts = ['maxLength', 'minLength', 'maxItems', 'minItems', 'maxProperties', 'minProperties'];
const numbers = ['maximum', 'minimum', 'multipleOf'];

/** What the meta-schemas of all drafts refuse, in words that say where. */
export function* invalidities(node: JsonNode): Generator<Problem> {
  if (node.kind === 'boolean') return;
  if (node.kind !== 'object') return yield wrong('a schema is an object or a boolean', node);
  const of = (name: string) => property(node, name);
  const type = of('type');
  for (const each of type?.kind === 'array' ? type.items : type ? [type] : [])
    if (each.kind !== 'string' || !types.has(each.value))
      yield wrong(
        `type is ${quoted(each.kind === 'string' ? each.value : each.kind)}, which is none`,
        each,
      );
  for (const name of counts) {
    const value = of(name);
    if (value && (value.kind !== 'number' || !Number.isInteger(value.value) || value.value < 0))
      yield wrong(`${name} is no count`, value);
  }
  for (const name of numbers) {
    const value = of(name);
    if (value && value.kind !== 'number') yield wrong(`${name} is no number`, value);
  }
  const required = of('required');
  // Draft 3 had a boolean in the property itself.
  if (required && required.kind !== 'boolean') {
    const isList =
      required.kind === 'array' && required.items.every(({ kind }) => kind === 'string');
    if (!isList) yield wrong('required is no list of names', required);
  }
  const values = of('enum');
  if (values && values.kind !== 'array') yield wrong('enum is no list', values);
  const items = of('items');
  if (items?.kind === 'array') for (const each of items.items) yield* invalidities(each);
  else if (items) yield* invalidities(items);
  for (const name of one) {
    const value = of(name);
    if (value) yield* invalidities(value);
  }
  for (const name of many) {
    const value = of(name);
    if (!value) continue;
    if (value.kind !== 'array' || value.items.length === 0)
      yield wrong(`${name} is no list of schemas`, value);
    else for (const each of value.items) yield* invalidities(each);
  }
  for (const name of named) {
    const value = of(name);
    if (!value) continue;
    if (value.kind !== 'object') yield wrong(`${name} is no object`, value);
    else for (const each of value.properties) yield* invalidities(each.value);
  }
}

const wrong = (says: string, { start, end }: JsonNode): Problem => ({ says, start, end });
