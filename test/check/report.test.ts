/** Every format, for findings in files whose names and texts were chosen to break it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Log } from 'sarif';
import { fingerprintsOf } from '../../src/check/fingerprint.ts';
import { noPolicy } from '../../src/check/policy/load.ts';
import { github } from '../../src/check/report/github.ts';
import { gitlab } from '../../src/check/report/gitlab.ts';
import { json } from '../../src/check/report/json.ts';
import { junit } from '../../src/check/report/junit.ts';
import { markdown } from '../../src/check/report/markdown.ts';
import type { Report } from '../../src/check/report/report.ts';
import { sarif } from '../../src/check/report/sarif.ts';
import { text } from '../../src/check/report/text.ts';
import { lookAt } from '../../src/check/repository.ts';
import { ProjectFile } from '../../src/files/project-file.ts';

const hostile = 'a\n::error::b/\u001b[31m<b>|`x`%0A,:].properties';
const files = [
  new ProjectFile(hostile, `bootstrap.servers=\u001b[2J\nacks=0\nlinger.ms=5 # ${'x'.repeat(300)}`),
  new ProjectFile('plain.properties', 'bootstrap.servers=a:1\n\tacks\t=\t0'),
];
const plain = (word: string) => word;
const paint = { error: plain, warning: plain, info: plain, dim: plain, bold: plain };

async function report(of: readonly ProjectFile[] = files): Promise<Report> {
  const find = (path: string) => of.find((file) => file.path === path);
  const { findings, environments, ...rest } = await lookAt(of, { file: find }, noPolicy);
  const fingerprints = fingerprintsOf(
    findings.map(({ finding }) => finding),
    find,
  );
  return {
    krafter: '0.1.0',
    reported: findings.map((one) => ({ ...one, fingerprint: fingerprints.get(one.finding) ?? '' })),
    suppressed: 0,
    hidden: 0,
    files: rest.files,
    environments,
    notes: [{ file: hostile, says: 'too\u001b[1m large' }],
    text: find,
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

describe('a report', () => {
  it('as text steers no terminal, fits 80 columns and marks what is meant', async () => {
    const out = text(await report(), paint);
    assert.doesNotMatch(out, control);
    for (const line of out.split('\n'))
      if (!line.includes('-->') && !/^(Not read|Treated)/.test(line))
        assert.ok(line.length <= 80, line);
    assert.match(out, /2 \| {2}acks = 0\n +\| {9}\^/);
  });

  it('as JSON has the names that other programs rely on', async () => {
    const { findings } = JSON.parse(json(await report())) as { findings: object[] };
    assert.ok(findings.length >= 3);
    for (const one of findings)
      for (const name of ['rule', 'severity', 'confidence', 'file', 'line', 'endLine', 'message'])
        assert.ok(name in one, name);
  });

  it('as SARIF names files by URI, and each result once', async () => {
    const [run] = (JSON.parse(sarif(await report())) as Log).runs;
    const results = run?.results ?? [];
    for (const { locations = [], ruleIndex = -1, ruleId } of results) {
      const uri = locations[0]?.physicalLocation?.artifactLocation?.uri ?? '';
      assert.ok(
        files.some(({ path }) => decodeURIComponent(uri) === path),
        uri,
      );
      assert.match(uri, /^[\w.%/~!*'()-]+$/);
      assert.equal(run?.tool.driver.rules?.[ruleIndex]?.id, ruleId);
    }
    const prints = results.map(({ partialFingerprints }) => partialFingerprints?.['krafter/v1']);
    assert.equal(new Set(prints).size, results.length);
  });

  it('keeps its fingerprints when lines move', async () => {
    const prints = ({ reported }: Report) => reported.map(({ fingerprint }) => fingerprint);
    const moved = files.map(({ path, text: own }) => new ProjectFile(path, `# one more\n\n${own}`));
    assert.deepEqual(prints(await report(moved)), prints(await report()));
  });

  it('for GitHub is one command for each finding', async () => {
    const own = await report();
    const lines = github(own).split('\n');
    assert.equal(lines.length, own.reported.length);
    for (const line of lines) assert.match(line, /^::(error|warning|notice) file=[^:,]+,line=\d+/);
  });

  it('for GitLab has what its schema requires, and unique fingerprints', async () => {
    const own = JSON.parse(gitlab(await report())) as Record<string, unknown>[];
    assert.equal(new Set(own.map(({ fingerprint }) => fingerprint)).size, own.length);
    for (const one of own)
      assert.deepEqual(Object.keys(one).sort(), [
        ...['check_name', 'description', 'fingerprint', 'location', 'severity'],
      ]);
  });

  it('as JUnit is XML, with a failure for each finding', async () => {
    const own = await report();
    const xml = junit(own);
    assert.equal(XMLValidator.validate(xml), true);
    const suite = new XMLParser({ ignoreAttributes: false }).parse(xml).testsuites.testsuite;
    assert.equal(suite.testcase.length, own.reported.length);
    assert.equal(XMLValidator.validate(junit({ ...own, reported: [] })), true);
  });

  it('as Markdown is a table whose cells nothing leaves', async () => {
    const own = await report();
    const rows = markdown(own).split('\n').slice(4);
    assert.equal(rows.length, own.reported.length);
    for (const row of rows) assert.equal(row.match(/\|/g)?.length, 4);
    assert.doesNotMatch(rows.join('\n'), control);
  });
});
