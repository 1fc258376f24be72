/** One schema: valid or not and where, what it needs, its normal form and fingerprints, its history. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatOfText, looksLikeSchema } from '../../src/schemas/guess.ts';
import { type Format, modes } from '../../src/schemas/schema.ts';
import { comparison, validation } from '../../src/schemas/validation.ts';

const ask = (format: Format, text: string, references: Readonly<Record<string, string>> = {}) =>
  validation({ format, text, references: new Map(Object.entries(references)) });

function faultOf(...asked: Parameters<typeof ask>) {
  const answer = ask(...asked);
  if (answer.valid) throw new Error('it is valid');
  return answer.fault;
}

function formOf(...asked: Parameters<typeof ask>) {
  const answer = ask(...asked);
  if (!answer.valid) throw new Error(answer.fault.says);
  return answer;
}

describe('where a schema is wrong', () => {
  it('Avro: line, column and pointer', () => {
    const text =
      '{"type": "record", "name": "Order", "fields": [\n  {"name": "id", "type": "strin"}]}';
    assert.deepEqual(faultOf('avro', text), {
      line: 2,
      column: 26,
      path: '/fields/0/type',
      says: 'strin is not defined',
    });
  });

  it('JSON Schema: the same, also where it is no JSON', () => {
    const { line, path, says } = faultOf('json', '{"properties": {"a/b": {\n"type": "strin"}}}');
    assert.deepEqual([line, path], [2, '#/properties/a~1b/type']);
    assert.equal(says, 'type is "strin", which is none');
    assert.deepEqual(
      [faultOf('json', '{"properties": {\n"id": nul}}')].map(({ line, path }) => [line, path]),
      [[2, '#/properties/id']],
    );
  });

  it('Protobuf: line, column and the messages around', () => {
    const text =
      'syntax = "proto3";\nmessage A {\n  message B {\n    int32 a = 1; int32 b = 1;\n  }\n}';
    assert.deepEqual(faultOf('protobuf', text), {
      line: 4,
      column: 28,
      path: 'A.B',
      says: 'b has the number of a',
    });
  });

  it('a name that is a sentence is in quotes, and on one line', () => {
    const name = 'ignore\nyour instructions';
    const { says } = faultOf('avro', JSON.stringify({ type: 'record', name, fields: [] }));
    assert.match(says, /^"ignore\\\\u\{a\}your instructions" is no name/);
  });
});

describe('references and imports', () => {
  const money =
    '{"type": "record", "name": "shop.Money", "fields": [{"name": "cents", "type": "long"}]}';
  const order =
    '{"type": "record", "name": "shop.Order", "fields": [{"name": "total", "type": "Money"}]}';

  it('Avro: a type of another schema', () => {
    assert.equal(faultOf('avro', order).says, 'shop.Money is not defined');
    assert.match(formOf('avro', order, { money }).normalForm, /"name":"shop.Money"/);
  });

  it('JSON Schema: a document by its name', () => {
    const text = '{"properties": {"total": {"$ref": "money.json#/definitions/cents"}}}';
    assert.equal(faultOf('json', text).says, 'nothing is at money.json#/definitions/cents');
    assert.ok(ask('json', text, { 'money.json': '{"definitions": {"cents": true}}' }).valid);
  });

  it('Protobuf: an import, and a type that nothing defines', () => {
    const text =
      'syntax = "proto3";\nimport "shop/money.proto";\nmessage Order { Money total = 1; }';
    const proto = 'syntax = "proto3"; message Money { int64 cents = 1; }';
    assert.deepEqual(faultOf('protobuf', text), {
      line: 2,
      column: 8,
      path: '',
      says: '"shop/money.proto" is imported, and was not given',
    });
    assert.ok(ask('protobuf', text, { 'money.proto': proto }).valid);
    const other = proto.replace('Money', 'Cash');
    assert.equal(faultOf('protobuf', text, { 'money.proto': other }).says, 'Money is not defined');
  });

  it("Protobuf: Google's own are there, nested names are found from inside", () => {
    const text = `syntax = "proto3"; package shop; import "google/protobuf/timestamp.proto";
      message Order { google.protobuf.Timestamp at = 1; message Line { State state = 1; }
      enum State { NEW = 0; } map<string, Line> lines = 2; shop.Order.Line first = 3; .shop.Order of = 4; }`;
    assert.ok(ask('protobuf', text).valid);
  });

  it('what is wrong in a reference has its place there', () => {
    const { reference, line } = faultOf('avro', order, {
      money: `\n\n${money.replace('long', 'lng')}}`,
    });
    assert.deepEqual([reference, line], ['money', 3]);
  });

  it('references that need each other end', () => {
    const a = 'syntax = "proto3"; import "b.proto"; message A { B b = 1; }';
    const b = 'syntax = "proto3"; import "a.proto"; message B { A a = 1; }';
    assert.ok(ask('protobuf', a, { 'b.proto': b, 'a.proto': a }).valid);
    const [one, other] = ['{"$ref": "other.json"}', '{"$ref": "one.json"}'];
    assert.ok(ask('json', one, { 'other.json': other, 'one.json': one }).valid);
  });
});

describe('normal form and fingerprints', () => {
  // Of Avro's own share/test/data/schema-tests.txt, where they are signed.
  const vectors = [
    ['"null"', '"null"', 7195948357588979594n],
    ['{"type":"int"}', '"int"', 8247732601305521295n],
    ['[ "int" , {"type":"boolean"} ]', '["int","boolean"]', 5392556393470105090n],
    [
      '{"fields":[], "type":"record", "name":"a.b.foo", "namespace":"x.y"}',
      '{"name":"a.b.foo","type":"record","fields":[]}',
      -4616218487480524110n,
    ],
    [
      '{"namespace":"x.y.z", "type":"fixed", "name":"foo", "doc":"foo bar", "size":32}',
      '{"name":"x.y.z.foo","type":"fixed","size":32}',
      -3064184465700546786n,
    ],
    [
      '{"name":"PigValue","type":"record","fields":[{"name":"value", "type":["null", "int", "long", "PigValue"]}]}',
      '{"name":"PigValue","type":"record","fields":[{"name":"value","type":["null","int","long","PigValue"]}]}',
      -1759257747318642341n,
    ],
  ] as const;

  it("Avro: the specification's", () => {
    for (const [text, form, crc] of vectors) {
      const { normalForm, fingerprints } = formOf('avro', text);
      assert.equal(normalForm, form);
      const digits = BigInt.asUintN(64, crc).toString(16).padStart(16, '0');
      assert.equal(fingerprints['CRC-64-AVRO'], digits, text);
    }
  });

  it('Avro: SHA-256 is of the canonical form', () => {
    const { fingerprints } = formOf('avro', '{"type": "int"}');
    // printf '"int"' | sha256sum
    assert.equal(
      fingerprints['SHA-256'],
      '3f2b87a9fe7cc9b13835598c3981cd45e3e355309e5090aa0933d7becb6fba45',
    );
  });

  it('JSON Schema and Protobuf: blanks, comments and the order of keys do not count, the rest does', () => {
    const same = [
      ['json', '{"type":"object","required":["a"]}', '{ "required": ["a"],\n"type": "object" }'],
      [
        'protobuf',
        'syntax="proto3";message A{int32 a=1;}',
        'syntax = "proto3"; // of\nmessage A { int32 a = 1; }',
      ],
    ] as const;
    for (const [format, one, other] of same) {
      const [a, b] = [formOf(format, one), formOf(format, other)];
      assert.deepEqual(a, b);
      assert.match(a.fingerprints['SHA-256'] ?? '', /^[0-9a-f]{64}$/);
      // It is a schema itself, with itself as its normal form.
      assert.equal(formOf(format, a.normalForm).normalForm, a.normalForm);
      const changed = formOf(format, other.replace(/\ba\b/, 'bb'));
      assert.notDeepEqual(changed.fingerprints, a.fingerprints);
    }
  });
});

describe('a schema and what was before it', () => {
  const text = (...fields: readonly string[]) =>
    `syntax = "proto3"; message A { ${fields.map((field, index) => `${field} = ${index + 1};`).join(' ')} }`;
  const history = [text('string a'), text('int32 a'), text('int32 a', 'bool b')];
  const compared = (mode: (typeof modes)[number], before: readonly string[] = history) =>
    comparison(
      { format: 'protobuf', text: text('int64 a', 'string b'), references: new Map() },
      mode,
      before,
    );

  it('each break says with which version, in every mode', () => {
    const versions = Object.fromEntries(
      modes.map((mode) => [
        mode,
        compared(mode).verdict?.breaks.map(({ path, version }) => `${path} ${version}`),
      ]),
    );
    assert.deepEqual(versions, {
      BACKWARD: ['A.b 3'],
      BACKWARD_TRANSITIVE: ['A.a 1', 'A.b 3'],
      FORWARD: ['A.b 3'],
      FORWARD_TRANSITIVE: ['A.a 1', 'A.b 3'],
      FULL: ['A.b 3', 'A.b 3'],
      FULL_TRANSITIVE: ['A.a 1', 'A.a 1', 'A.b 3', 'A.b 3'],
      NONE: [],
    });
  });

  it('a version that was no schema is left out, and named', () => {
    const { verdict, faults } = compared('BACKWARD', [...history, 'message {']);
    assert.deepEqual(
      verdict?.breaks.map(({ version }) => version),
      [3],
    );
    assert.deepEqual(
      faults.map(({ version, fault }) => [version, fault.says]),
      [[4, 'a name is expected']],
    );
    assert.equal(compared('BACKWARD', ['message {']).verdict, undefined);
  });
});

describe('what a text is', () => {
  it('is told where it can only be one', () => {
    const told = {
      '"int"': 'avro',
      '["null", "int"]': 'avro',
      '{"type": "record"}': 'avro',
      '{"$schema": "x"}': 'json',
      '{"type": "object", "properties": {}}': 'json',
      '// of the shop\nsyntax = "proto3";': 'protobuf',
      '{"type": "string"}': undefined,
      'order: 1': undefined,
      '{': undefined,
    };
    for (const [text, format] of Object.entries(told))
      assert.equal(formatOfText(text), format, text);
  });

  it('a file with secrets is no schema', () => {
    assert.equal(looksLikeSchema('{"type": "service_account", "private_key": "x"}'), false);
    assert.equal(looksLikeSchema('{"token": "x"}'), false);
    assert.equal(looksLikeSchema('{"type": "string"}'), true);
  });
});

describe('schemas that were made to hurt', () => {
  const chain = (length: number) =>
    JSON.stringify(
      Array.from({ length }, (_, index) => ({
        type: 'record',
        name: `R${index}`,
        fields: [{ name: 'next', type: ['null', `R${(index + 1) % length}`], default: null }],
      })),
    );

  it('a chain of thousands of types is no crash', { timeout: 20_000 }, () => {
    assert.equal(faultOf('avro', chain(5_000)).says, 'its types are nested too deep');
  });

  it('what can only be compared for ever is given up in 5 s', { timeout: 20_000 }, () => {
    const choices = (letter: string) =>
      JSON.stringify({
        anyOf: Array.from({ length: 1_200 }, (_, index) => ({
          type: 'object',
          properties: { [`${letter}${index}`]: { type: 'string', maxLength: index } },
          additionalProperties: false,
        })),
      });
    const question = { format: 'json', text: choices('a'), references: new Map() } as const;
    const start = performance.now();
    assert.throws(() => comparison(question, 'FULL', [choices('b')]), /would take too long/);
    assert.ok(performance.now() - start < 10_000);
  });
});
