/** One wrong thing in a clean project is reported by one rule, at one line, and changes nothing else. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { check } from '../../../src/check/check.ts';
import type { Finding } from '../../../src/check/rule.ts';
import { rules } from '../../../src/check/rules/index.ts';
import { suppress } from '../../../src/check/suppress.ts';
import { ProjectFile } from '../../../src/files/project-file.ts';
import { readLandscape } from '../../../src/landscape/read.ts';
import { type Base, baseNames, baseOf } from './bases.ts';
import { mutations } from './index.ts';
import { firstDifference, lineHolding, type Mutation } from './mutation.ts';

const pinned = () => ({ is: 'production', why: 'krafter.check.yaml' }) as const;

async function findingsIn(base: Base, { production }: Pick<Mutation, 'production'>) {
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
  const found = await check(landscape, '4.3', rules, production && pinned);
  return suppress(found, files).findings;
}

const told = ({ rule, at, says }: Finding) => `${rule.code} ${at.file}:${at.line} ${says}`;
const placed = ({ rule, at }: Finding) => `${rule.code} ${at.file}:${at.line}`;

function mutate({ base, file, change }: Mutation): Base {
  const changes = typeof change === 'function' ? { [file]: change } : change;
  const texts = new Map(baseOf(base));
  for (const [path, one] of Object.entries(changes)) texts.set(path, one(texts.get(path) ?? ''));
  return texts;
}

describe('the projects that are changed', () => {
  const pins = new Set(mutations.filter(({ production }) => production).map(({ base }) => base));
  for (const name of baseNames)
    it(`${name}: nothing is found`, async () => {
      assert.deepEqual((await findingsIn(baseOf(name), {})).map(told), []);
      if (pins.has(name))
        assert.deepEqual(
          (await findingsIn(baseOf(name), { production: true })).map(told),
          [],
          'as production',
        );
    });
});

describe('mutations', () => {
  for (const one of mutations) {
    const { base, name, expects, file, line, survives } = one;
    it(`${base}: ${name}: ${survives ? 'survives' : expects}`, async () => {
      const changed = mutate(one);
      const findings = await findingsIn(changed, one);
      if (survives !== undefined) {
        assert.deepEqual(findings.map(told), []);
        return;
      }
      const text = changed.get(file) ?? '';
      const at = line
        ? lineHolding(text, line)
        : firstDifference(baseOf(base).get(file) ?? '', text);
      assert.deepEqual(
        findings.map(placed),
        [`${expects} ${file}:${at}`],
        findings.map(told).join('\n'),
      );
      if (!one.across) return;
      const alone = await findingsIn(new Map([[file, text]]), one);
      assert.ok(
        !alone.some((found) => placed(found) === `${expects} ${file}:${at}`),
        'is seen in the file alone',
      );
    });
  }

  it('no two of them are the same', () => {
    const names = mutations.map(({ base, name }) => `${base}: ${name}`);
    assert.equal(new Set(names).size, names.length);
  });
});
