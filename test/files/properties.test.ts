import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Property, readProperties } from '../../src/files/formats/properties.ts';

const only = (text: string): Property => {
  const [entry, ...others] = readProperties(text).entries;
  assert.ok(entry);
  assert.deepEqual(others, []);
  return entry;
};
const place = ({ line, column }: { line: number; column: number }) => `${line}:${column}`;

describe('readProperties', () => {
  for (const [title, text, key, value, places] of [
    ['key and value', '  acks = all', 'acks', 'all', '1:3 1:10 1:13'],
    ['a colon', 'acks:all', 'acks', 'all', '1:1 1:6 1:9'],
    ['a blank as separator', 'acks all=1', 'acks', 'all=1', '1:1 1:6 1:11'],
    ['a key alone', 'acks', 'acks', '', '1:1 1:5 1:5'],
    ['blanks after a value, which stay', 'acks=all ', 'acks', 'all ', '1:1 1:6 1:10'],
    ['lines that go on', '#\r\na=b,\\\r\n  c', 'a', 'b,c', '2:1 2:3 3:4'],
    ['a value on the next line', 'a=\\\n\tb', 'a', 'b', '1:1 2:2 2:3'],
    ['CR alone', '#\r! \ra=b\r', 'a', 'b', '3:1 3:3 3:4'],
    ['a comment that does not go on', '# \\\na=b', 'a', 'b', '2:1 2:3 2:4'],
    ['escapes', '\\u0061\\:b=\\tc\\qd', 'a:b', '\tcqd', '1:1 1:11 1:17'],
  ] as const) {
    it(`reads ${title}`, () => {
      const entry = only(text);
      assert.deepEqual([entry.key, entry.value], [key, value]);
      assert.equal([entry.keyAt, entry.valueAt, entry.end].map(place).join(' '), places);
    });
  }

  it('keeps all of a repeated key, the one that counts last', () => {
    const { entries } = readProperties('a=1\nb=2\na=3');
    assert.deepEqual(
      entries.map(({ key, value }) => key + value),
      ['a1', 'b2', 'a3'],
    );
  });

  it('reads on after a malformed escape, and says where it is', () => {
    const { entries, problems } = readProperties('a=1\nb=x\\u12g4\nc=3');
    assert.equal(entries.length, 3);
    assert.deepEqual(
      problems.map(({ at }) => place(at)),
      ['2:4'],
    );
  });

  it('takes a byte order mark out of the first key, and says so', () => {
    const { entries, problems } = readProperties('\uFEFFa=1');
    assert.equal(entries[0]?.key, 'a');
    assert.equal(problems.length, 1);
  });

  it('reads a long line and many continuations in linear time', () => {
    const long = 'x'.repeat(5_000_000);
    assert.equal(only(`a=${long}`).value.length, long.length);
    assert.equal(only(`a=${'b\\\n '.repeat(20_000)}c`).value.length, 20_001);
  });

  it('gives what java.util.Properties gives, for 2,000 texts', () => {
    const texts = fc.sample(anyText, { numRuns: 2_000, seed: 6 });
    const java = execFileSync('java', [join(import.meta.dirname, 'ReadProperties.java')], {
      input: texts.map((text) => `${Buffer.from(text, 'utf16le').toString('base64')}\n`).join(''),
      encoding: 'utf8',
      maxBuffer: 100_000_000,
    }).split('\n');
    const differing = texts.flatMap((text, index) =>
      java[index] === inOurWords(text) ? [] : [{ text, java: java[index], ours: inOurWords(text) }],
    );
    assert.deepEqual(differing, []);
    assert.ok(java.filter((line) => line === 'refused').length > 50);
  });
});

/** Whatever makes a difference to the reader, and a file as people write it with a few of those in it. */
const piece = fc.constantFrom(
  ...['\\', '\\', '\n', '\r', '\r\n', ' ', '\t', '\f', '=', ':', '#', '!', 'a', 'bc', '\\u00e9'],
  ...[
    '\\u12',
    '\\uD83D\\uDE00',
    '\\n',
    '\\\n',
    '\\\r\n  ',
    'ü',
    '\u00a0',
    '\u0000',
    '\v',
    '\u2028',
  ],
);
const soup = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
const file = `# A broker\n\n  node.id = 1\r\nlisteners=SASL_SSL://:9092,\\\n    CONTROLLER\\://:9093\nadvertised.listeners:SASL_SSL://kafka\\u002d1:9092\n! old\nlog.dirs /var/lib/kafka\npath=C:\\\\data\\\\\nempty=\nalone\nnode.id=2`;
const mutated = fc
  .array(fc.tuple(fc.nat(file.length), fc.nat(3), piece), { minLength: 1, maxLength: 6 })
  .map((edits) =>
    edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), file),
  );
const anyText = fc.oneof(soup, mutated);

function inOurWords(text: string): string {
  const { entries, problems } = readProperties(text);
  if (problems.length > 0) return 'refused';
  const encoded = (part: string) => Buffer.from(part, 'utf16le').swap16().toString('hex');
  const map = new Map(entries.map(({ key, value }) => [key, value]));
  return [...map]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${encoded(key)}=${encoded(value)}`)
    .join(' ');
}
