/** krafter schema: files, histories, pairs; exit codes and JSON that programs rely on. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { krafter, scratch } from '../support/krafter.ts';

const { folder, remove } = scratch();
after(remove);

const record = (...fields: readonly object[]) =>
  JSON.stringify({ type: 'record', name: 'Order', namespace: 'shop', fields });
const id = { name: 'id', type: 'string' };
const note = { name: 'note', type: 'string' };
const [first, second, third] = [
  record(id, note),
  record(id),
  record(id, { name: 'note', type: 'int', default: 0 }),
];
for (const [index, text] of [first, second, third].entries())
  writeFileSync(join(folder, `${index + 1}.avsc`), text);

const compat = (...args: readonly string[]) => krafter(['schema', 'compat', ...args], folder);

describe('krafter schema compat', { concurrency: 2 }, () => {
  it('says yes, and ends with 0', async () => {
    const { code, out } = await compat('1.avsc', '2.avsc', '--json');
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out), { results: [{ compatible: true, breaks: [] }] });
  });

  it('says what breaks, where, and what would not; and ends with 1', async () => {
    const { code, out } = await compat('1.avsc', '2.avsc', '--mode', 'FORWARD', '--json');
    assert.equal(code, 1);
    const [result] = JSON.parse(out).results;
    assert.equal(result.compatible, false);
    assert.equal(result.breaks[0].kind, 'READER_FIELD_MISSING_DEFAULT_VALUE');
    assert.equal(result.breaks[0].path, '/fields/1');
    assert.match(result.breaks[0].message, /The field note of shop.Order is gone/);
  });

  it('a transitive mode looks at the whole history, the others at the last version', async () => {
    const history = ['1.avsc', '2.avsc', '3.avsc'];
    assert.equal((await compat(...history)).code, 0);
    assert.equal((await compat(...history, '--mode', 'backward_transitive')).code, 1);
  });

  it('answers several pairs in their order', async () => {
    const pairs = [
      { format: 'avro', mode: 'FULL', old: first, new: second },
      { format: 'avro', mode: 'NONE', old: first, new: '"int"' },
      { format: 'avro', mode: 'NONE', old: first, new: '{' },
      {
        format: 'protobuf',
        mode: 'BACKWARD',
        old: 'syntax = "proto3"; message A { int32 a = 1; }',
        new: 'syntax = "proto3"; message A { string a = 1; }',
      },
      { format: 'json', mode: 'BACKWARD', old: '{"type": "integer"}', new: '{"type": "number"}' },
    ];
    const lines = pairs.map((pair) => JSON.stringify(pair)).join('\n');
    writeFileSync(join(folder, 'pairs.jsonl'), `${lines}\n`);
    const { code, out } = await compat('--pairs', 'pairs.jsonl', '--json');
    assert.equal(code, 1);
    const { results } = JSON.parse(out) as { results: { breaks: { kind: string }[] }[] };
    assert.deepEqual(
      results.map(({ breaks }) => breaks.map(({ kind }) => kind)),
      [
        ['READER_FIELD_MISSING_DEFAULT_VALUE'],
        [],
        ['INVALID_SCHEMA'],
        ['FIELD_SCALAR_KIND_CHANGED'],
        [],
      ],
    );
  });

  it('refuses what it can not understand with 2', async () => {
    writeFileSync(join(folder, 'bad.jsonl'), '{"format": "xml"}\n');
    for (const [args, says] of [
      [['1.avsc'], /Two schemas are compared/],
      [['1.avsc', 'gone.avsc'], /gone.avsc can not be read/],
      [['1.avsc', '2.avsc', '--mode', 'SIDEWAYS'], /--mode SIDEWAYS is unknown/],
      [['--pairs', 'bad.jsonl'], /bad.jsonl:1/],
    ] as const) {
      const { code, err } = await compat(...args);
      assert.equal(code, 2);
      assert.match(err, says);
    }
  });
});

const validate = (...args: readonly string[]) => krafter(['schema', 'validate', ...args], folder);

describe('krafter schema validate', { concurrency: 2 }, () => {
  it('says yes, and ends with 0; JSON has the normal form and its fingerprints', async () => {
    const { code, out } = await validate('3.avsc', '--json');
    assert.equal(code, 0);
    const { valid, format, normalForm, fingerprints } = JSON.parse(out);
    assert.deepEqual([valid, format], [true, 'avro']);
    assert.match(normalForm, /^\{"name":"shop.Order","type":"record"/);
    assert.deepEqual(Object.keys(fingerprints), ['CRC-64-AVRO', 'SHA-256']);
  });

  it('says where it is no schema, and ends with 1', async () => {
    writeFileSync(join(folder, 'bad.proto'), 'message A {\n  int32 a = 0;\n}\n');
    const { code, out } = await validate('bad.proto');
    assert.equal(code, 1);
    assert.equal(out, 'not valid Protobuf: line 2:13 at "A": 0 is no number for a field');
  });

  it('compares with older versions, and ends with 1 where one breaks', async () => {
    const older = ['--against', '1.avsc', '--against', '2.avsc'];
    assert.equal((await validate('3.avsc', ...older)).code, 0);
    const { code, out } = await validate('3.avsc', ...older, '--mode', 'backward_transitive');
    assert.equal(code, 1);
    assert.match(out, /^TYPE_MISMATCH at "\/fields\/1\/type" \(version 1\): /m);
  });

  it('takes what a schema uses from files', async () => {
    writeFileSync(
      join(folder, 'uses.proto'),
      'import "shop/money.proto"; message A { optional Money a = 1; }',
    );
    writeFileSync(join(folder, 'money.proto'), 'message Money { optional int64 cents = 1; }');
    assert.equal((await validate('uses.proto')).code, 1);
    assert.equal((await validate('uses.proto', '--reference', 'money.proto')).code, 0);
  });

  it('refuses what it can not understand with 2', async () => {
    for (const [args, says] of [
      [['gone.avsc'], /There is no such schema file/],
      [['1.avsc', '--mode', 'sideways'], /mode/],
      [['1.avsc', '--git'], /no git repository/],
    ] as const) {
      const { code, err } = await validate(...args);
      assert.equal(code, 2, err);
      assert.match(err, says);
    }
  });
});
