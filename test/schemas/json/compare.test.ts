/**
 * JSON Schemas are compared by Confluent's rules. Confluent's classes are not on Maven Central, Apicurio's
 * are: where the two differ, docs/schema-compatibility.md says why, and each difference is one of those.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { jsonFormat } from '../../../src/schemas/json/index.ts';
import { InvalidSchema } from '../../../src/schemas/schema.ts';
import { apicurioJars, ask } from '../reference.ts';
import { pairs } from './pairs.ts';

type Answer = { readonly breaks: readonly string[]; readonly refused?: string };

const asked = pairs(1_500);
let answers: readonly Answer[];

const parse = (text: string) => jsonFormat.parse(text, new Map());
const kindsOf = ({ before: old, after }: (typeof asked)[number]): string[] =>
  jsonFormat.compare(parse(after), parse(old), 'new-reads-old').map(({ kind }) => kind);

/** What Confluent refuses and Apicurio takes. */
const oursAlone = new Set([
  // Another keyword that allows the same, or more: const and enum, multipleOf: 1 and integer, minimum.
  'TYPE_CHANGED',
  'TYPE_NARROWED',
  'EXCLUSIVE_MINIMUM_ADDED',
  'EXCLUSIVE_MAXIMUM_ADDED',
  // Of several that must hold, one that covers the new schema would do for Apicurio.
  'COMBINED_TYPE_SUBSCHEMAS_CHANGED',
  // A property that was required already, without a schema, in an object that has no such property.
  'REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL',
]);

/** What Apicurio refuses and Confluent takes. */
const theirsAlone = new Set([
  // A type that is now one of several.
  'SUBSCHEMA_TYPE_CHANGED',
  // Required, with a default.
  'OBJECT_TYPE_REQUIRED_PROPERTIES_MEMBER_ADDED',
  'OBJECT_TYPE_PROPERTY_SCHEMAS_CHANGED',
  'OBJECT_TYPE_PROPERTY_SCHEMAS_NARROWED',
  'COMBINED_TYPE_SUBSCHEMA_NOT_COMPATIBLE',
]);

describe('JSON Schema', () => {
  before(async () => {
    const program = join(import.meta.dirname, '..', 'Apicurio.java');
    const questions = asked.map((pair) => ({ format: 'json', ...pair }));
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
      const [names, reasons] =
        mine.length > 0
          ? [mine, oursAlone]
          : [breaks.map((one) => one.split(' ')[0] ?? ''), theirsAlone];
      return names.every((name) => reasons.has(name)) ? [] : [{ ...pair, names }];
    });
    assert.deepEqual(wrong, []);
    assert.ok(counts.compatible > 250 && counts.broken > 250, JSON.stringify(counts));
    assert.ok(counts.different < asked.length * 0.03, JSON.stringify(counts));
  });

  it('what is no schema is refused, and where', () => {
    for (const [text, says] of [
      ['{"type": "strng"}', 'type is "strng", which is none'],
      ['{"type": "object", "required": "id"}', 'required is no list of names'],
      ['{"$ref": "#/definitions/Order"}', 'nothing is at #/definitions/Order'],
      ['{"type": "object",}', 'not valid JSON (property name expected)'],
    ] as const)
      assert.throws(
        () => parse(text),
        (error) => error instanceof InvalidSchema && error.message === says,
      );
  });
});
