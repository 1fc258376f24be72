import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { check } from '../../src/check/check.ts';
import {
  isBelow,
  pinnedEnvironment,
  severityOf,
  suppressionsOf,
} from '../../src/check/policy/apply.ts';
import { findPolicy } from '../../src/check/policy/find.ts';
import { policyJsonSchema } from '../../src/check/policy/json-schema.ts';
import { parsePolicy } from '../../src/check/policy/load.ts';
import { rules } from '../../src/check/rules/index.ts';
import { suppress } from '../../src/check/suppress.ts';
import { KrafterError } from '../../src/errors.ts';
import { ProjectFile } from '../../src/files/project-file.ts';
import { readLandscape } from '../../src/landscape/read.ts';

const name = 'krafter.check.yaml';
const read = (text: string) => parsePolicy(text, name, rules);
const whole = `version: 1
kafka: 4.0
exclude: [examples]
severities: { KP001: off, KP004: info }
environments:
  deploy/**: production
  deploy/laptop: development
ignore:
  - path: gauges/*.properties
    codes: [KP001]
    reason: sent every second
`;

function troubleOf(text: string) {
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof KrafterError, String(error));
    return error.trouble;
  }
  assert.fail('it was taken');
}

describe('krafter.check.yaml', () => {
  it('is read whole, and is what its published schema says', () => {
    const policy = read(whole);
    assert.equal(policy.kafka, '4.0');
    const validate = new Ajv2020({ strict: false }).compile(policyJsonSchema);
    assert.ok(validate(parse(whole)), JSON.stringify(validate.errors));
    assert.ok(!validate({ version: 1, exlude: [] }));
  });

  const mistakes: [what: string, text: string, where: string, next: RegExp][] = [
    ['a key', 'version: 1\nexlude: []\n', ':2:1 exlude', /Did you mean "exclude"/],
    ['a severity', 'version: 1\nseverities:\n  KP001: eror\n', ':3:', /Did you mean "error"/],
    ['a code', 'version: 1\nseverities:\n  KP0O1: off\n', ':3:', /KP0O1|Change|code/],
    ['a rule', 'version: 1\nseverities:\n  KP901: off\n', ':3:3', /Did you mean KP001/],
    ['a release', 'version: 1\nkafka: 2.8\n', ':2:', /Did you mean|Change/],
    [
      'a reason that is missing',
      'version: 1\nignore:\n  - path: a\n    codes: [KP001]\n',
      ':3:',
      /Add it/,
    ],
    ['an entry', 'version: 1\nignore:\n  - {path: a, code: KP001}\n', ':3:', /codes/],
    ['nothing', '', ':1:1', /version: 1/],
    ['another version', 'version: 2\n', ':2', /1|Change/],
  ];
  for (const [what, text, where, next] of mistakes)
    it(`refuses ${what} at its place, with the nearest`, () => {
      const trouble = troubleOf(text);
      assert.ok(what === 'another version' || trouble.where?.includes(where), trouble.where);
      assert.match(`${trouble.what} ${trouble.next}`, next);
    });

  it('names files, folders and patterns', () => {
    assert.ok(
      isBelow('a/b.yaml', 'a') && isBelow('a/b.yaml', './a/') && isBelow('a/b.yaml', '*/b.yaml'),
    );
    assert.ok(isBelow('x/a/b.yaml', '**/a') && isBelow('a/b/c.yaml', 'a/*'));
    assert.ok(!isBelow('ab/b.yaml', 'a') && !isBelow('a/b.yaml', '*.yaml'));
  });

  it('pins environments, changes severities, ignores findings and says what it ignores in vain', async () => {
    const policy = read(whole);
    assert.equal(pinnedEnvironment(policy, 'deploy/a.yaml')?.is, 'production');
    assert.equal(pinnedEnvironment(policy, 'deploy/laptop/a.yaml')?.is, 'development');
    assert.equal(pinnedEnvironment(policy, 'src/a.yaml'), undefined);
    const text = 'bootstrap.servers=a:1\nacks=0\nlinger.ms=1\n';
    const files = [
      new ProjectFile('gauges/a.properties', text),
      new ProjectFile('b.properties', text),
    ];
    const findings = await check(
      await readLandscape(files, { file: () => undefined }, '4.3'),
      '4.3',
    );
    const sifted = suppress(findings, files, suppressionsOf(policy));
    assert.deepEqual(
      sifted.findings.map(({ at }) => at.file),
      ['b.properties'],
    );
    assert.equal(sifted.suppressed[0]?.reason, 'sent every second');
    assert.ok(findings.every((finding) => severityOf(policy, finding) === undefined));
    const idle = suppress([], files, suppressionsOf(policy)).findings;
    assert.deepEqual(
      idle.map(({ at, rule }) => `${rule.code} ${at.file}:${at.line}`),
      [`KG902 ${name}:9`],
    );
  });

  it('is found at the top or above, up to the root of the repository, and through no link', () => {
    const root = mkdtempSync(join(tmpdir(), 'policy-'));
    try {
      mkdirSync(join(root, 'repo/.git'), { recursive: true });
      mkdirSync(join(root, 'repo/a/b'), { recursive: true });
      writeFileSync(join(root, name), whole);
      const of = () => findPolicy(join(root, 'repo/a/b'), rules);
      assert.equal(of().policy.exclude.length, 0);
      writeFileSync(join(root, 'repo', name), whole);
      assert.deepEqual([of().policy.exclude, of().folder], [['examples'], join(root, 'repo')]);
      symlinkSync('/etc/passwd', join(root, 'repo/a', name));
      assert.throws(of, KrafterError);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
