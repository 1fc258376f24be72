/** One wrong thing in a clean project is reported by one rule, at one line, and changes nothing else. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { check } from '../../../src/check/check.ts';
import type { Finding } from '../../../src/check/rule.ts';
import { suppress } from '../../../src/check/suppress.ts';
import { ProjectFile } from '../../../src/files/project-file.ts';
import { readLandscape } from '../../../src/landscape/read.ts';
import { type Base, baseNames, baseOf } from './bases.ts';
import { mutations } from './index.ts';
import { firstDifference, lineHolding, type Mutation } from './mutation.ts';

async function findingsIn(base: Base) {
  const files = [...base]
    .filter(([path]) => !path.endsWith('.before'))
    .map(([path, text]) => new ProjectFile(path, text));
  const read = await readLandscape(
    files,
    { file: (wanted) => files.find(({ path }) => path === wanted) },
    '4.3',
  );
  const schemas = read.schemas.map((schema) => {
    const before = base.get(`${schema.at.file}.before`);
    return before === undefined ? schema : { ...schema, before };
  });
  const landscape = { ...read, schemas };
  const found = await check(landscape, '4.3');
  return suppress(found, files).findings;
}

const told = ({ rule, at, says }: Finding) => `${rule.code} ${at.file}:${at.line} ${says}`;
const placed = ({ rule, at }: Finding) => `${rule.code} ${at.file}:${at.line}`;

function mutate({ base, file, change }: Mutation): Base {
  const changes = typeof change === 'function' ? { [file]: change } : change;
  const texts = new Map(baseOf(base));
  for (const [path, one] of Object.entries(changes)) {
    const before = texts.get(path) ?? '';
    const after = one(before);
    assert.notEqual(after, before, `nothing was changed in ${path}`);
    texts.set(path, after);
  }
  return texts;
}

function lineOf({ base, file, line }: Mutation, text: string): number {
  if (typeof line === 'number') return line;
  return line ? lineHolding(text, line) : firstDifference(baseOf(base).get(file) ?? '', text);
}

describe('the projects that are changed', () => {
  for (const name of baseNames)
    it(`${name}: nothing is found`, async () => {
      assert.deepEqual((await findingsIn(baseOf(name))).map(told), []);
    });
});

describe('mutations', () => {
  for (const one of mutations) {
    const { base, name, expects, file, survives } = one;
    it(`${base}: ${name}: ${survives ? 'survives' : expects}`, async () => {
      const changed = mutate(one);
      const findings = await findingsIn(changed);
      if (survives !== undefined) {
        assert.deepEqual(findings.map(told), []);
        return;
      }
      const text = changed.get(file) ?? '';
      const at = lineOf(one, text);
      assert.deepEqual(
        findings.map(placed),
        [`${expects} ${file}:${at}`],
        findings.map(told).join('\n'),
      );
      if (!one.across) return;
      const alone = await findingsIn(new Map([[file, text]]));
      assert.ok(
        !alone.some((found) => placed(found) === `${expects} ${file}:${at}`),
        'is seen in the file alone',
      );
    });
  }

  it('there are at least 150 that are found, and 35 across files', () => {
    const found = mutations.filter(({ survives }) => survives === undefined);
    assert.ok(found.length >= 150, `${found.length}`);
    const across = found.filter((one) => one.across);
    assert.ok(across.length >= 35, `${across.length} across files`);
  });

  it('no two of them are the same', () => {
    const names = mutations.map(({ base, name }) => `${base}: ${name}`);
    assert.equal(new Set(names).size, names.length);
  });
});
