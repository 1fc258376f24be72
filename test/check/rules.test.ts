/**
 * Each rule finds what its bad cases expect, and no rule finds anything else in any case. What a rule
 * about a `.properties` file says Kafka refuses, Kafka's own classes refuse; the rest they accept.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { rules } from '../../src/check/rules/index.ts';
import { proveJava } from '../../src/cli/check-prove.ts';
import { kafkaDistribution } from '../../src/engine/native/distribution.ts';
import { findJava } from '../../src/engine/native/java.ts';
import { shown } from '../landscape/facts.ts';
import { cases, expected, findingsOf, folder, landscapeOfCase, said } from './cases.ts';
import { taken } from './taken.ts';

/** Kinds of configurations that Prove.java gives to Kafka's classes. */
const provable = new Set<string>([
  ...['broker', 'producer', 'consumer'],
  ...['connect-sink', 'connect-source', 'connect-distributed'],
]);

describe('rules', () => {
  for (const one of cases) {
    it(`${one.name}: what is expected, and nothing else`, async () => {
      const findings = await findingsOf(one);
      assert.deepEqual(said(findings), expected(one));
      assert.equal(findings.length > 0, one.isBad);
    });
  }

  for (const rule of rules) {
    it(`${rule.code} is told in full, and has a bad and a good case`, () => {
      assert.match(rule.code, /^K[A-Z]\d{3}$/);
      assert.match(rule.title, /^[A-Z].{10,70}[^.]$/);
      assert.match(rule.story, /^[A-Z].{40,}\.$/s);
      assert.ok(rule.source);
      const own = cases.filter(({ code }) => code === rule.code);
      assert.ok(own.some(({ isBad }) => isBad) && own.some(({ isBad }) => !isBad));
    });
  }

  it('no two rules have the same code', () => {
    const codes = rules.map(({ code }) => code);
    assert.equal(new Set(codes).size, codes.length);
  });

  it('Kafka refuses what they say it refuses, and nothing else', async () => {
    const asked: { name: string; kind: string; file: string }[] = [];
    for (const one of cases.filter(({ name }) => name.endsWith('.properties'))) {
      const { configurations } = await landscapeOfCase(one);
      const [first] = configurations;
      // A class of somebody else's is not there to be asked.
      const isForeign = one.code === 'KN030';
      if (first && provable.has(first.kind) && !isForeign)
        asked.push({ name: one.name, kind: first.kind, file: join(folder, one.name) });
    }
    const temporary = mkdtempSync(join(tmpdir(), 'krafter-topics-'));
    for (const one of cases.filter(({ code }) => code.startsWith('KT'))) {
      const { configurations } = await landscapeOfCase(one);
      for (const [index, { kind, settings, open }] of configurations.entries()) {
        if (kind !== 'topic' || open) continue;
        const file = join(temporary, `${one.name.replaceAll('/', '-')}-${index}`);
        const lines = settings.map(({ key, value }) => `${key}=${shown(value)}\n`);
        writeFileSync(file, lines.join(''));
        asked.push({ name: one.name, kind, file });
      }
    }
    const java = await findJava();
    const { libs } = await kafkaDistribution(java, AbortSignal.timeout(600_000));
    const { stdout } = await promisify(execFile)(java, [
      ...['-XX:TieredStopAtLevel=1', '-cp', `${libs}/*`, proveJava()],
      ...asked.flatMap(({ kind, file }) => [kind, file]),
    ]);
    rmSync(temporary, { recursive: true });
    const verdicts = stdout.split('\n').filter((line) => /^(accepted|refused)/.test(line));
    assert.equal(verdicts.length, asked.length, stdout);
    const wrong = asked.flatMap(({ name }, index) => {
      const isTaken = /\bgood\b/.test(name) || taken.has(name.slice(0, 5));
      return verdicts[index]?.startsWith(isTaken ? 'accepted' : 'refused')
        ? []
        : [`${name}: ${verdicts[index]}`];
    });
    assert.ok(asked.length > 20);
    assert.deepEqual(wrong, []);
  });
});
