/**
 * Each rule finds what its bad fixtures expect, in the line after `# expect CODE`, and no rule finds
 * anything else in any of them. What a rule says Kafka refuses, Kafka's own classes refuse; the rest
 * they accept.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { check } from '../../src/check/check.ts';
import { rules } from '../../src/check/rules/index.ts';
import { kafkaDistribution } from '../../src/engine/native/distribution.ts';
import { findJava } from '../../src/engine/native/java.ts';
import { propertiesFacts } from '../../src/landscape/readers/properties.ts';

const folder = join(import.meta.dirname, 'rules');
const files = globSync('*/*.properties', { cwd: folder }).sort();
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');
const facts = (file: string) => propertiesFacts(file, textOf(file), '4.3');

/** Rules about what Kafka takes without a word. */
const taken = new Set('KB001 KB005 KB010 KG001 KG002 KG003 KG005 KP001 KP004 KR001'.split(' '));

describe('rules', () => {
  for (const file of files) {
    it(`${file}: what is expected, and nothing else`, async () => {
      const landscape = await facts(file);
      assert.equal(landscape.configurations.length, 1, 'it is read');
      const found = (await check(landscape, '4.3')).map(
        ({ rule, at }) => `${rule.code}:${at.line}`,
      );
      assert.deepEqual(found, expected(textOf(file)));
      assert.equal(found.length > 0, /bad/.test(file));
    });
  }

  for (const rule of rules) {
    it(`${rule.code} is told in full, and has a bad and a good fixture`, () => {
      assert.match(rule.code, /^K[BCGPR]\d{3}$/);
      assert.match(rule.title, /^[A-Z].{10,70}[^.]$/);
      assert.match(rule.story, /^[A-Z].{40,}\.$/s);
      assert.ok(rule.source);
      const own = files.filter((file) => dirname(file) === rule.code);
      assert.ok(own.some((file) => /bad/.test(file)) && own.some((file) => /good/.test(file)));
    });
  }

  it('Kafka refuses what they say it refuses, and nothing else', async () => {
    const kinds = await Promise.all(
      files.map(async (file) => (await facts(file)).configurations[0]?.kind ?? ''),
    );
    const java = await findJava();
    const { libs } = await kafkaDistribution(java, AbortSignal.timeout(600_000));
    const { stdout } = await promisify(execFile)(java, [
      ...['-XX:TieredStopAtLevel=1', '-cp', `${libs}/*`, join(import.meta.dirname, 'Prove.java')],
      ...files.flatMap((file, index) => [kinds[index] ?? '', join(folder, file)]),
    ]);
    const verdicts = stdout.split('\n').filter((line) => /^(accepted|refused)/.test(line));
    assert.equal(verdicts.length, files.length, stdout);
    const wrong = files.flatMap((file, index) => {
      const isTaken = /good/.test(file) || taken.has(dirname(file));
      return verdicts[index]?.startsWith(isTaken ? 'accepted' : 'refused')
        ? []
        : [`${file}: ${verdicts[index]}`];
    });
    assert.deepEqual(wrong, []);
  });
});

const expected = (text: string): string[] =>
  text.split('\n').flatMap((line, index) => {
    const code = /^# expect (\w+)$/.exec(line)?.[1];
    return code ? [`${code}:${index + 2}`] : [];
  });
