/** Avro schemas are read, compared and normalised as Avro itself does it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { canonicalAvro, fingerprintAvro } from '../../../src/schemas/avro/canonical.ts';
import { compareAvro } from '../../../src/schemas/avro/compare.ts';
import { avroFormat } from '../../../src/schemas/avro/index.ts';
import { InvalidSchema, sha256 } from '../../../src/schemas/schema.ts';
import { ask, avroJars } from '../reference.ts';
import { pairs } from './pairs.ts';

type Answer = {
  readonly breaks: readonly string[];
  readonly canonical: string;
  readonly fingerprint: string;
  readonly sha256: string;
  readonly refused?: string;
};

const asked = pairs(3_000);
let answers: readonly Answer[];
let mine: readonly Answer[];

function own({ reader, writer }: (typeof asked)[number]): Answer {
  try {
    const [one, other] = [reader, writer].map((text) => avroFormat.parse(text, new Map()).root);
    if (!one || !other) throw new Error('two schemas were asked for');
    return {
      breaks: compareAvro(one, other, 'new-reads-old').map(({ kind, path }) => `${kind} ${path}`),
      canonical: canonicalAvro(one),
      fingerprint: fingerprintAvro(one),
      sha256: sha256(canonicalAvro(one)),
    };
  } catch (error) {
    if (!(error instanceof InvalidSchema)) throw error;
    return { breaks: [], canonical: '', fingerprint: '', sha256: '', refused: error.message };
  }
}

/** Avro gives up where an alias makes two fields of one; a verdict is more use than an exception. */
const gaveUp = ({ refused = '' }: Answer) => refused.includes('matches multiple fields');

describe('Avro', () => {
  before(async () => {
    const program = join(import.meta.dirname, 'Reference.java');
    answers = await ask<Answer>(program, avroJars(), asked);
    assert.equal(answers.length, asked.length);
    mine = asked.map(own);
  });

  it('the same schemas are refused', () => {
    const wrong = together().filter(
      ({ theirs, ours }) =>
        !gaveUp(theirs) && (theirs.refused === undefined) !== (ours.refused === undefined),
    );
    assert.deepEqual(wrong, []);
  });

  it('what breaks, and where, is what SchemaCompatibility says', () => {
    const compared = together().filter(({ theirs }) => theirs.refused === undefined);
    const broken = compared.filter(({ theirs }) => theirs.breaks.length > 0);
    assert.ok(
      compared.length - broken.length > 250,
      `${compared.length - broken.length} compatible`,
    );
    assert.ok(broken.length > 250, `${broken.length} incompatible`);
    const wrong = compared.filter(
      ({ theirs, ours }) => String(theirs.breaks) !== String(ours.breaks),
    );
    assert.deepEqual(wrong, []);
  });

  it('the canonical form and its fingerprints are those of SchemaNormalization', () => {
    for (const { theirs, ours } of together()) {
      if (theirs.refused !== undefined) continue;
      assert.deepEqual(
        [ours.canonical, ours.fingerprint, ours.sha256],
        [theirs.canonical, theirs.fingerprint, theirs.sha256],
      );
    }
  });
});

const together = () =>
  asked.map((pair, index) => ({
    ...pair,
    theirs: answers[index] as Answer,
    ours: mine[index] as Answer,
  }));
