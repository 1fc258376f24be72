/**
 * Files of the rules' cases, cut off, changed, spliced and nested, one kind after the other: readers
 * and rules answer, soon, and nothing of krafter itself breaks. KRAFTER_FULL=1 is 10,000 of each.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { check } from '../../src/check/check.ts';
import { ProjectFile } from '../../src/files/project-file.ts';
import { readLandscape } from '../../src/landscape/read.ts';
import { readers } from '../../src/landscape/readers/index.ts';

const numRuns = process.env.KRAFTER_FULL === '1' ? 10_000 : 1_000;
/** Of one file, on a machine that does other things too. */
const longest = 5_000;

const folder = join(import.meta.dirname, '..', 'check', 'rules');
const files = globSync('**/*', { cwd: folder })
  .filter((path) => statSync(join(folder, path)).isFile() && !path.endsWith('expected.txt'))
  .sort()
  .map((path) => new ProjectFile(path, readFileSync(join(folder, path), 'utf8')));

const bits = fc.oneof(
  fc.constantFrom('"', "'", '{', '}', '[', ']', '(', ')', '<', '>', '\\', '\0', '\n', '\r', '\t'),
  fc.constantFrom(': ', '&a ', '*a', '<<: *a', '---\n', '|', '${', '$(', '{{', '}}', '#', '=', ','),
  fc.constantFrom(
    '\uFEFF',
    '\u2028',
    '\uD800',
    '\u001b[31m',
    '9'.repeat(400),
    '-1',
    'null',
    '1e999',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

/** Where is a share of the text, since texts have many lengths. */
type Change = { at: number; remove: number; put: string; repeat: number };
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(60),
  put: fc.oneof({ weight: 3, arbitrary: bits }, { weight: 1, arbitrary: fc.constant('') }),
  repeat: fc.oneof(
    { weight: 9, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.nat(3_000) },
  ),
});

const mutate = (text: string, changes: readonly Change[]) =>
  changes.reduce((now, { at, remove, put, repeat }) => {
    const start = Math.floor(at * now.length);
    return now.slice(0, start) + put.repeat(repeat) + now.slice(start + remove);
  }, text);

describe('files that somebody broke', () => {
  for (const [index, reader] of readers.entries()) {
    const own = files.filter(
      ({ path, text }) => reader.files.test(path) && reader.mentions?.test(text) !== false,
    );
    if (own.length === 0) continue;
    it(`reader ${index}, ${reader.files.source.slice(0, 40)}: ${own.length} files, ${numRuns} times`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...own),
          fc.array(change, { minLength: 1, maxLength: 4 }),
          fc.boolean(),
          async ({ path, text }, changes, truncated) => {
            const broken = mutate(text, changes);
            const end = truncated
              ? Math.floor((changes[0]?.at ?? 1) * broken.length)
              : broken.length;
            const file = new ProjectFile(path, broken.slice(0, end));
            const start = performance.now();
            const landscape = await readLandscape([file], { file: () => undefined }, '4.3');
            await check(landscape, '4.3');
            assert.ok(performance.now() - start < longest);
            for (const { says } of landscape.unread) assert.doesNotMatch(says, /a bug in krafter/);
          },
        ),
        { numRuns },
      );
    });
  }
});
