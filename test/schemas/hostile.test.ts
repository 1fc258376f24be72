/** Schemas from anywhere: whatever the text, there is an answer, and soon. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { avroFormat } from '../../src/schemas/avro/index.ts';
import { jsonFormat } from '../../src/schemas/json/index.ts';
import { protobufFormat } from '../../src/schemas/protobuf/index.ts';
import { InvalidSchema, type SchemaFormat } from '../../src/schemas/schema.ts';

const avro = JSON.stringify({
  type: 'record',
  name: 'Order',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'next', type: ['null', 'Order'], default: null },
    { name: 'state', type: { type: 'enum', name: 'State', symbols: ['A', 'B'], default: 'A' } },
  ],
});
const json = JSON.stringify({
  type: 'object',
  properties: { id: { type: 'string', maxLength: 3 }, next: { $ref: '#' } },
  required: ['id'],
  additionalProperties: false,
});
const protobuf = `syntax = "proto3";
package shop; // of records
message Order { reserved 2 to 4, 9; string id = 1; map<string, Order> next = 5 [deprecated = true];
  oneof how { int32 a = 6; bytes b = 7; } enum State { NEW = 0; } State state = 8; }`;

/** The answer of a parser: a schema, or where it is none. Any other error fails. */
function read<Schema>(format: SchemaFormat<Schema>, text: string): Schema | undefined {
  try {
    return format.parse(text, new Map());
  } catch (error) {
    assert.ok(error instanceof InvalidSchema, `${error}`);
    assert.ok(error.problem.start >= 0 && error.problem.end <= text.length + 1, error.message);
    return undefined;
  }
}

const all = [
  ['Avro', avroFormat as SchemaFormat<unknown>, avro],
  ['JSON Schema', jsonFormat as SchemaFormat<unknown>, json],
  ['Protobuf', protobufFormat as SchemaFormat<unknown>, protobuf],
] as const;

describe('schemas that are hostile or broken', () => {
  for (const [name, format, text] of all) {
    it(`${name}: every text that was cut short is an answer`, () => {
      assert.ok(read(format, text));
      for (let length = 0; length < text.length; length++) read(format, text.slice(0, length));
    });

    it(`${name}: every text with something else in it is an answer`, () => {
      const other = fc.oneof(
        fc.constantFrom('{', '}', '"', '[', ']', '0', '\0', ';', 'null'),
        fc.string(),
      );
      fc.assert(
        fc.property(fc.nat(text.length), fc.nat(8), other, (at, length, put) => {
          const changed = read(format, text.slice(0, at) + put + text.slice(at + length));
          if (changed) format.compare(changed, format.parse(text, new Map()), 'new-reads-old');
        }),
        { numRuns: 1_500 },
      );
    });

    it(`${name}: nesting without an end is refused`, { timeout: 5_000 }, () => {
      for (const part of [
        '[',
        '{"items":',
        '{"type":"array","items":',
        'message A {',
        'option a = {',
        '/*',
        '"',
      ])
        assert.equal(read(format, part.repeat(50_000)), undefined);
    });
  }

  it('circular types are compared to an end', { timeout: 5_000 }, () => {
    const chain = (letter: string) =>
      JSON.stringify(
        Array.from({ length: 60 }, (_, index) => ({
          type: 'record',
          name: `R${index}`,
          fields: [0, 1, 2].map((step) => ({
            name: `${letter}${step}`,
            type: ['null', `R${(index + step) % 60}`],
            default: null,
          })),
        })),
      );
    const schema = (text: string) => avroFormat.parse(text, new Map());
    assert.deepEqual(
      avroFormat.compare(schema(chain('a')), schema(chain('b')), 'new-reads-old'),
      [],
    );
    const loop = '{"$ref": "#/definitions/a", "definitions": {"a": {"$ref": "#/definitions/a"}}}';
    assert.ok(
      jsonFormat.compare(
        jsonFormat.parse(loop, new Map()),
        jsonFormat.parse(json, new Map()),
        'new-reads-old',
      ),
    );
  });

  it('a huge enum is compared in a moment', { timeout: 5_000 }, () => {
    const symbols = Array.from({ length: 20_000 }, (_, index) => `S${index}`);
    const huge = avroFormat.parse(JSON.stringify({ type: 'enum', name: 'E', symbols }), new Map());
    assert.deepEqual(avroFormat.compare(huge, huge, 'new-reads-old'), []);
  });
});
