import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { baselineText, compare, parseBaseline } from '../../src/check/baseline.ts';
import { check } from '../../src/check/check.ts';
import { fingerprintsOf } from '../../src/check/fingerprint.ts';
import { KrafterError } from '../../src/errors.ts';
import { ProjectFile } from '../../src/files/project-file.ts';
import { readLandscape } from '../../src/landscape/read.ts';

async function checked(text: string) {
  const file = new ProjectFile('a.properties', text);
  const findings = await check(await readLandscape([file], { file: () => file }, '4.3'), '4.3');
  return { findings, fingerprints: fingerprintsOf(findings, () => file) };
}

const old = 'bootstrap.servers=kafka:9092\nacks=0\nlinger.ms=x\n';

describe('a baseline', () => {
  it('lets what it knows be, wherever its lines moved, and tells what is new and what is gone', async () => {
    const before = await checked(old);
    const text = baselineText(before.findings, before.fingerprints);
    const baseline = parseBaseline(text, 'baseline.json');
    assert.equal(baseline.length, 2);
    const now = await checked(`# moved\n${old.replace('linger.ms=x', 'batch.size=x')}`);
    const { fresh, known, stale } = compare(now.findings, now.fingerprints, baseline);
    assert.deepEqual(
      fresh.map(({ at }) => at.line),
      [4],
    );
    assert.deepEqual(
      known.map(({ rule }) => rule.code),
      ['KP001'],
    );
    assert.deepEqual(
      stale.map(({ rule }) => rule),
      ['KG004'],
    );
  });

  it('of nothing is one too; anything else is refused', () => {
    assert.deepEqual(parseBaseline(baselineText([], new Map()), 'a'), []);
    for (const text of ['', '{}', '[1]', '{"version":2,"findings":[]}'])
      assert.throws(() => parseBaseline(text, 'a'), KrafterError);
  });
});
