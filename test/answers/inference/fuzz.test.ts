import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { infer } from '../../../src/answers/inference/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'krafter-fuzz-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const fixtures = join(import.meta.dirname, '../../fixtures/inference');
const seeds = readdirSync(fixtures, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => ({
    name: entry.name,
    bytes: readFileSync(join(entry.parentPath, entry.name)),
  }));

const seed = fc.constantFrom(...seeds);
const runs = { numRuns: 400, interruptAfterTimeLimit: 20_000 };

// What a person may be told about a file. A message of the engine ("undefined is not ...") is a bug.
const known = /^(not valid (YAML|JSON|XML|TOML)( at line \d+)?( \([a-z_]+\))?|larger than 200 KB)$/;

async function survives(name: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  try {
    const { findings, notes } = await infer(folder, 60_000);
    const lines = Buffer.from(bytes).toString('utf8').split('\n').length;
    for (const { line, excerpt, answer } of findings) {
      assert.ok(line >= 1 && line <= lines, `${answer} at line ${line} of ${lines}`);
      assert.doesNotMatch(excerpt, /\p{Cc}/u);
    }
    for (const { says } of notes) assert.match(says, known);
  } finally {
    rmSync(path);
  }
}

test('random bytes in any file are survived', () =>
  fc.assert(
    fc.asyncProperty(seed, fc.uint8Array({ maxLength: 2_000 }), ({ name }, bytes) =>
      survives(name, bytes),
    ),
    runs,
  ));

test('a real file with a piece cut out and another put in is survived', () =>
  fc.assert(
    fc.asyncProperty(
      seed,
      fc.nat(),
      fc.nat({ max: 60 }),
      fc.oneof(
        fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
        fc
          .constantFrom(
            '{',
            '[',
            '"',
            "'",
            ': ',
            '&a ',
            '*a',
            '\n',
            '<<: *a',
            '---\n',
            '<!--',
            '- ',
            '"""',
          )
          .map((text) => Buffer.from(text)),
        seed.map(({ bytes }) => bytes.subarray(0, 200)),
      ),
      ({ name, bytes }, start, length, insert) => {
        const at = start % (bytes.length + 1);
        return survives(
          name,
          Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + length)]),
        );
      },
    ),
    { ...runs, numRuns: 1_500 },
  ));

test('the content of one kind of file in another is survived', () =>
  fc.assert(
    fc.asyncProperty(seed, seed, ({ name }, { bytes }) => survives(name, bytes)),
    runs,
  ));
