/**
 * The real ConfigDefs are asked about random texts, and krafter says the same: of the project's own
 * release, and with KRAFTER_FULL=1 of all.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { askKafka, catalogue, releases } from '../../../scripts/kafka-keys.ts';
import { keysOf } from '../../../src/catalog/kafka-keys/index.ts';
import { type KafkaRelease, type Key, kinds } from '../../../src/catalog/kafka-keys/key.ts';
import { check } from '../../../src/catalog/kafka-keys/value.ts';
import { versions } from '../../../src/catalog/versions.ts';

const full = process.env.KRAFTER_FULL === '1';
const own = versions.kafka.version.replace(/\.\d+$/, '') as KafkaRelease;
const perKind = 5_000;

describe('what Kafka says against a value', () => {
  for (const release of full ? releases : [own]) {
    it(`krafter says against it for Kafka ${release}, ${perKind} of each kind`, async () => {
      const questions = [];
      for (const kind of kinds) {
        const keys = [...(await keysOf(kind, release)).values()];
        const pairs = fc
          .constantFrom(...keys)
          .chain((key) => fc.tuple(fc.constant(key), textFor(key)));
        for (const [key, text] of fc.sample(pairs, { numRuns: perKind, seed: 6 }))
          questions.push({ kind, key, text });
      }
      const input = JSON.stringify(questions.map(({ kind, key, text }) => [kind, key.name, text]));
      const answers: (string | null)[] = await askKafka(release, 'check', input);
      const differing = questions.flatMap(({ kind, key, text }, index) => {
        const [kafka, ours] = [answers[index], check(key, text)];
        // What only a JVM can tell krafter does not say; what it says, Kafka says.
        const unsaid = key.valid?.is === 'other' && ours === undefined;
        return (kafka === null) === (ours === undefined) || unsaid
          ? []
          : [{ kind, key: key.name, text, kafka, ours }];
      });
      assert.deepEqual(differing.slice(0, 20), [], `${differing.length} differ`);
      const refused = answers.filter((answer) => answer !== null).length;
      assert.ok(refused > answers.length / 5 && refused < (answers.length * 4) / 5, `${refused}`);
    });
  }

  it('only a JVM can tell of a few keys', async () => {
    const names = new Set<string>();
    for (const kind of kinds)
      for (const { name, valid } of (await keysOf(kind, own)).values())
        if (valid?.is === 'other') names.add(name.replace(/^.*(?=plugin\.version$)/, ''));
    assert.deepEqual([...names].sort(), [
      'inter.worker.key.generation.algorithm',
      'inter.worker.signature.algorithm',
      'inter.worker.verification.algorithms',
      'plugin.version',
      'response.http.headers.config',
      'topics.regex',
    ]);
  });
});

it('the catalogue is what the classes say today', {
  skip: !full && 'with KRAFTER_FULL=1',
}, async () => {
  const folder = join(import.meta.dirname, '../../../src/catalog/kafka-keys');
  for (const [kind, text] of await catalogue())
    assert.equal(readFileSync(join(folder, `${kind}.json`), 'utf8'), text, kind);
});

/** Texts near the border between right and wrong for this key, some of them far from it. */
function textFor({ type, valid, ...key }: Key): fc.Arbitrary<string> {
  const near: fc.Arbitrary<string>[] = [fc.constant(key.default ?? ''), anything];
  if (type === 'BOOLEAN')
    near.push(fc.constantFrom('true', 'FALSE', 'True', 'yes', '1', 'fal\u017Fe'));
  if (type === 'CLASS') near.push(className, className);
  if (['SHORT', 'INT', 'LONG'].includes(type)) near.push(whole, whole);
  if (type === 'DOUBLE') near.push(decimal, decimal, whole);
  if (type === 'LIST') near.push(listOf(fc.constantFrom('a', 'b', 'c d', '')));
  switch (valid?.is) {
    case 'range': {
      const edges = [valid.min, valid.max, valid.or].filter((edge) => edge !== undefined);
      const beside = edges.flatMap((edge) => [
        edge - 1,
        edge - 0.001,
        edge,
        edge + 0.001,
        edge + 1,
      ]);
      const numbers = type === 'DOUBLE' ? beside : beside.filter(Number.isInteger);
      near.push(fc.constantFrom(...numbers.map(String)), fc.constantFrom(...numbers.map(String)));
      break;
    }
    case 'one of':
      near.push(anyCase(fc.constantFrom(...valid.values)));
      break;
    case 'list':
      near.push(listOf(fc.constantFrom(...(valid.of ?? ['x', 'y', 'z']), '')));
      break;
    case 'optimizations':
      near.push(listOf(fc.constantFrom(...valid.values)));
      break;
    case 'voters':
    case 'endpoints':
      near.push(listOf(endpoint), listOf(endpoint));
      break;
    case 'throttled replicas':
      near.push(listOf(fc.constantFrom('0:1', '12:3', '*', '', '1', '1:2:3')));
      break;
    case 'offset reset':
      near.push(offsetReset, offsetReset, offsetReset);
      break;
    default:
  }
  return fc.oneof(...near).chain((text) => blanksAround(text));
}

const blank = fc.constantFrom('', '', '', ' ', '\t', ' \n', '\u0000', '\u00a0', '\v');
const blanksAround = (text: string) => fc.tuple(blank, blank).map(([a, b]) => a + text + b);
const anything = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...',. :@-0aZ\u0007\u0085é\u3000'), maxLength: 8 }),
);
const anyCase = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(text, fc.nat(3))
    .map(([it, how]) => [it, it.toUpperCase(), it.toLowerCase(), `${it}x`][how] as string);
const listOf = (item: fc.Arbitrary<string>) =>
  fc
    .array(fc.tuple(blank, item, blank), { maxLength: 5 })
    .map((items) => items.map((one) => one.join('')).join(','));
const limits = [15, 31, 63].map((bits) => 1n << BigInt(bits));
const whole = fc.oneof(
  fc.integer().map(String),
  fc.integer({ min: -3, max: 30 }).map(String),
  fc.constantFrom(...limits.flatMap((at) => [at - 1n, at, -at, -at - 1n].map(String))),
  fc.constantFrom('+1', '-0', '+', '-', '007', '1_000', '1e3', '1.0', '0x10', '1L', '0'.repeat(30)),
);
const decimal = fc.oneof(
  fc.double({ min: -2, max: 2 }).map(String),
  fc.constantFrom('NaN', '-Infinity', 'infinity', '.5', '1.', '.', '1e', '0.5f', '0.1D', '1e-1'),
  fc.constantFrom(
    '0x1p-2',
    '0x.8p0',
    '0x1.8p0f',
    '0x1',
    '0xp1',
    '1e400',
    '1e-400',
    '0.5e+0d',
    '--1',
  ),
);
const className = fc
  .array(fc.constantFrom('org', 'Foo', 'Foo$Bar', 'é', 'a b', '', '[I', 'a;', 'a/b', '1'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join('.'));
const endpoint = fc
  .tuple(
    fc.constantFrom('', '1@', '2@', '+3@', '-1@', 'x@', '@', '1@2@', '99999999999@'),
    fc.constantFrom('', 'PLAINTEXT://', 'a b://'),
    fc.constantFrom('kafka-1', 'kafka-1', '10.0.0.1', '[::1]', '::1', 'k_1', 'ü', '', '0.0.0.0'),
    fc.constantFrom(':9092', ':9092', ':0', ':65535', ':65536', ':', '', ':9092@', ':-1'),
  )
  .map((parts) => parts.join(''));
const offsetReset = fc.oneof(
  fc.constantFrom(
    'earliest',
    'latest',
    'none',
    'EARLIEST',
    'by_duration',
    'by_duration:',
    'by_duration:PT',
  ),
  fc
    .tuple(
      fc.constantFrom('P', 'p', '-P', '+P', ''),
      fc.constantFrom('', '1D', '-1D', '+2d', 'D', '9999999999999999D'),
      fc.constantFrom('T', 'T', 't', ''),
      fc.constantFrom('', '1H', '-24H', '25h'),
      fc.constantFrom('', '30M', '-0M'),
      fc.constantFrom(
        '',
        '1S',
        '-1.5S',
        '0.5s',
        '1,5S',
        '.5S',
        '1.1234567890S',
        '-0.5S',
        '9223372036854775807S',
      ),
    )
    .map((parts) => `by_duration:${parts.join('')}`),
);
