import { type Mutation, remove, replace, write } from './mutation.ts';

const producer = 'prod/producer.properties';

const order = (...field: readonly string[]) =>
  write('{', '  "type": "record",', '  "name": "New",', '  "fields": [', ...field, '  ]', '}');

export const schemaMutations: readonly Mutation[] = [
  {
    base: 'schemas',
    name: 'producers register what they like',
    expects: 'KV002',
    file: producer,
    change: replace('auto.register.schemas=false', 'auto.register.schemas=true'),
  },
  {
    base: 'schemas',
    name: 'a new field that old records do not have',
    expects: 'KV003',
    file: 'order.avsc',
    line: 1,
    change: replace(
      '{ "name": "id", "type": "string" },',
      '{ "name": "id", "type": "string" }, { "name": "shop", "type": "string" },',
    ),
    across: true,
  },
  {
    base: 'schemas',
    name: 'a field of JSON becomes required',
    expects: 'KV003',
    file: 'customer.schema.json',
    change: replace('"required": ["id"]', '"required": ["id", "name"]'),
    across: true,
    line: 1,
  },
  {
    base: 'schemas',
    name: 'null is the default, and not the first type',
    expects: 'KV004',
    file: 'order.avsc',
    change: replace('["null", "string"]', '["string", "null"]'),
  },
  {
    base: 'schemas',
    name: 'the number of a removed field is free again',
    expects: 'KV005',
    file: 'item.proto',
    change: remove('string colour = 3;'),
    line: 'message Item',
    across: true,
  },
  {
    base: 'schemas',
    name: 'money as a double',
    expects: 'KV006',
    file: 'price.avsc',
    change: order('    { "name": "unitPrice", "type": "double" }'),
    line: 'unitPrice',
  },
  {
    base: 'schemas',
    name: 'a serializer that is not told where the registry is',
    expects: 'KV010',
    file: producer,
    change: remove('schema.registry.url='),
    line: 'value.serializer=',
  },
  {
    base: 'schemas',
    name: 'a type that JSON Schema does not have',
    expects: 'KV011',
    file: 'customer.schema.json',
    change: replace('"name": { "type": "string" }', '"name": { "type": "strnig" }'),
  },
  {
    base: 'schemas',
    name: 'two fields of Protobuf with one number',
    expects: 'KV011',
    file: 'item.proto',
    change: replace('int64 price_cents = 2;', 'int64 price_cents = 1;'),
  },
  {
    base: 'schemas',
    name: 'an enum that can not grow',
    expects: 'KV012',
    file: 'state.avsc',
    change: write('{', '  "type": "enum",', '  "name": "Phase",', '  "symbols": ["A", "B"]', '}'),
    line: '"name"',
  },
  {
    base: 'schemas',
    name: 'a point in time as a plain number',
    expects: 'KV013',
    file: 'moment.avsc',
    change: order('    { "name": "createdAt", "type": "long" }'),
    line: 'createdAt',
  },
];
