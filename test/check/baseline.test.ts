import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { baselineText, parseBaseline, staleEntries } from '../../src/check/baseline.ts';
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
    const known = new Set(baseline.map(({ fingerprint }) => fingerprint));
    const fresh = now.findings.filter((one) => !known.has(now.fingerprints.get(one) ?? ''));
    assert.deepEqual(
      fresh.map(({ at }) => at.line),
      [4],
    );
    const stale = staleEntries(now.fingerprints, baseline);
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
