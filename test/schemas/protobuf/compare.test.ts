/**
 * Protobuf schemas are compared by Protobuf's own rules, under Confluent's names. Apicurio asks for more,
 * and for less: docs/schema-compatibility.md says why, and each difference here is one of those.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { protobufFormat } from '../../../src/schemas/protobuf/index.ts';
import { InvalidSchema } from '../../../src/schemas/schema.ts';
import { apicurioJars, ask } from '../reference.ts';
import { pairs } from './pairs.ts';

type Answer = { readonly breaks: readonly string[]; readonly refused?: string };

const asked = pairs(2_000);
let answers: readonly Answer[];

const parse = (text: string) => protobufFormat.parse(text, new Map());
const kindsOf = ({ before: old, after }: (typeof asked)[number]): string[] =>
  protobufFormat.compare(parse(after), parse(old), 'new-reads-old').map(({ kind }) => kind);

/** What Apicurio overlooks. */
const oursAlone = new Set([
  'PACKAGE_CHANGED',
  'MULTIPLE_FIELDS_MOVED_TO_ONEOF',
  'FIELD_MOVED_TO_EXISTING_ONEOF',
  'ONEOF_FIELD_REMOVED',
]);

/** What nobody sees in the bytes: names, numbers of the same kind, what was reserved, enums. */
const theirsAlone =
  /^(Field name changed|\d+ fields removed without reservation|\d+ reserved fields were removed|Field type changed|Field label changed|Conflict, field id changed, message State )/;

describe('Protobuf', () => {
  before(async () => {
    const program = join(import.meta.dirname, '..', 'Apicurio.java');
    const questions = asked.map((pair) => ({ format: 'protobuf', ...pair }));
    answers = await ask<Answer>(program, apicurioJars(), questions);
    assert.equal(answers.length, asked.length);
  });

  it('verdicts are those of Apicurio, but for the differences that have a reason', () => {
    const counts = { compatible: 0, broken: 0, different: 0 };
    const wrong = asked.flatMap((pair, index) => {
      const { breaks, refused } = answers[index] as Answer;
      const mine = kindsOf(pair);
      if (refused !== undefined) return [{ ...pair, names: [refused] }];
      if ((mine.length === 0) === (breaks.length === 0)) {
        counts[mine.length === 0 ? 'compatible' : 'broken'] += 1;
        return [];
      }
      counts.different += 1;
      const explained =
        mine.length > 0
          ? mine.every((kind) => oursAlone.has(kind))
          : breaks.every((one) => theirsAlone.test(one));
      return explained ? [] : [{ ...pair, names: mine.length > 0 ? mine : [...breaks] }];
    });
    assert.deepEqual(wrong.slice(0, 3), []);
    assert.ok(counts.compatible > 250 && counts.broken > 250, JSON.stringify(counts));
  });

  it('what protoc refuses is refused', () => {
    const of = (fields: string) => `syntax = "proto3"; message A { ${fields} }`;
    for (const [text, says] of [
      [of('int32 a = 1; int32 b = 1;'), 'b has the number of a'],
      [of('reserved 2 to 4; int32 a = 3;'), 'a has a reserved number'],
      [of('reserved "a"; int32 a = 3;'), 'the name a is reserved'],
      [of('int32 a = 19000;'), '19000 is no number for a field'],
      [of('int32 a = 1'), '; is expected'],
      ['message A {} message A {}', 'A is defined twice'],
      ['enum E { A = 0; B = 0; }', 'B has the number of A'],
    ] as const)
      assert.throws(
        () => parse(text),
        (error) => error instanceof InvalidSchema && error.message === says,
      );
  });
});
