/**
 * Of every fix of every finding in every case: it mends what it is about, brings nothing new, has
 * nothing left to do a second time, and touches nothing but its own stretches.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { check } from '../../src/check/check.ts';
import { fixAll, fixOnce, stretchOf } from '../../src/check/fix.ts';
import type { Finding } from '../../src/check/rule.ts';
import { rules } from '../../src/check/rules/index.ts';
import { ProjectFile } from '../../src/files/project-file.ts';
import { readLandscape } from '../../src/landscape/read.ts';
import { type Case, cases } from './cases.ts';

const checked = async (files: readonly ProjectFile[]): Promise<Finding[]> => {
  const own = files.filter(({ path }) => path !== 'expected.txt');
  const find = (path: string) => own.find((file) => file.path === path);
  return check(await readLandscape(own, { file: find }, '4.3'), '4.3');
};

const named = ({ rule, at, says }: Finding) =>
  `${rule.code} ${at.file} ${says.replace(/\d+/g, 'n')}`;
/** As often as it is there. */
function added(before: readonly Finding[], after: readonly Finding[]): string[] {
  const left = before.map(named);
  return after.map(named).filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const forms: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'with CRLF': (text) => text.replaceAll(/\r?\n/g, '\r\n'),
  'without a newline at its end': (text) => text.replace(/\r?\n$/, ''),
};

async function mends({ files, name }: Case, form: (text: string) => string): Promise<number> {
  const written = files.map(({ path, text }) => new ProjectFile(path, form(text)));
  const before = await checked(written);
  let count = 0;
  for (const finding of before) {
    if (!finding.fix) continue;
    const { changed, applied } = fixOnce(written, [finding]);
    if (applied.length === 0) continue;
    count++;
    const next = written.map(({ path, text }) => new ProjectFile(path, changed.get(path) ?? text));
    const after = await checked(next);
    const what = `${name} ${named(finding)}`;
    assert.ok(after.length < before.length, `${what} is still there`);
    assert.deepEqual(added(before, after), [], what);
    for (const file of written) {
      const text = changed.get(file.path);
      if (text === undefined) continue;
      const stretches = finding.fix.edits
        .filter(({ at }) => at.file === file.path)
        .map((edit) => stretchOf(edit, file))
        .filter((one) => one !== undefined)
        .sort((a, b) => a.start - b.start);
      let [old, now] = [0, 0];
      for (const { start, end, text: put } of stretches) {
        assert.equal(text.slice(now, now + start - old), file.text.slice(old, start), what);
        [old, now] = [end, now + start - old + put.length];
      }
      assert.equal(text.slice(now), file.text.slice(old), what);
    }
  }
  return count;
}

describe('fixes', () => {
  for (const [how, form] of Object.entries(forms))
    it(`mend what they are about and nothing else, in every case: ${how}`, async () => {
      let fixed = 0;
      for (const one of cases) fixed += await mends(one, form);
      assert.ok(fixed >= 10, `${fixed}`);
    });

  it('all of them together come to an end, and then there is nothing to do', async () => {
    for (const { files, name } of cases) {
      const first = await fixAll(files, checked, { unsafe: true });
      const now = files.map(
        ({ path, text }) => new ProjectFile(path, first.texts.get(path) ?? text),
      );
      const second = await fixAll(now, checked, { unsafe: true });
      assert.deepEqual(second.fixed.map(named), [], name);
      assert.deepEqual(second.left.map(named), first.left.map(named), name);
    }
  });

  it('unsafe ones only when asked for, and of two that touch each other the first', async () => {
    const text = 'bootstrap.servers=kafka:9092\nretries=0\nacks=0\nacks=0\n';
    const files = [new ProjectFile('a.properties', text)];
    const safe = await fixAll(files, checked);
    assert.equal(safe.texts.get('a.properties'), text.replace('acks=0\nacks=0', 'acks=all'));
    const unsafe = await fixAll(files, checked, { unsafe: true });
    assert.equal(unsafe.texts.get('a.properties'), 'bootstrap.servers=kafka:9092\nacks=all\n');
  });

  it('a rule has a fix, or says why it has none', async () => {
    const mending = new Set<string>();
    for (const { files } of cases)
      for (const { rule, fix } of await checked(files)) if (fix) mending.add(rule.code);
    const silent = rules.filter(({ code, noFix }) => !noFix && !mending.has(code));
    assert.deepEqual(
      silent.map(({ code }) => code),
      [],
    );
  });
});

describe('an edit', () => {
  const place = (line: number, column: number, endColumn: number, file: string) => ({
    ...{ file, line, column, endLine: line, endColumn },
  });
  const of = (path: string, text: string, from: number, to: number, was = '0', next = 'all') => {
    const file = new ProjectFile(path, text);
    const stretch = stretchOf({ at: place(1, from, to, path), text: next, was }, file);
    return stretch && file.text.slice(0, stretch.start) + stretch.text + text.slice(stretch.end);
  };

  it('keeps quotes', () => {
    assert.equal(of('a.yaml', 'acks: "0"\n', 7, 10), 'acks: "all"\n');
    assert.equal(of('a.yaml', "acks: '0'\n", 7, 10), "acks: 'all'\n");
    assert.equal(of('a.yaml', 'acks: 0\n', 7, 8), 'acks: all\n');
  });

  it('is not made in code without quotes, nor where something else stands', () => {
    assert.equal(of('a.py', 'acks=0\n', 6, 7), undefined);
    assert.equal(of('a.py', 'acks="0"\n', 6, 9), 'acks="all"\n');
    assert.equal(of('a.py', 'n=9\n', 3, 4, '9', '5'), 'n=5\n');
    assert.equal(of('a.yaml', 'acks: 1\n', 7, 8), undefined);
    assert.equal(of('a.yaml', 'acks: 0\n', 7, 20), undefined);
  });

  it('takes a line out of YAML only where another stands beside it', () => {
    const gone = (text: string, line: number) => {
      const file = new ProjectFile('a.yaml', text);
      const at = place(line, 3, (text.split('\n')[line - 1] ?? '').length + 1, 'a.yaml');
      const stretch = stretchOf({ at, text: '', whole: 'line' }, file);
      return stretch && text.slice(0, stretch.start) + text.slice(stretch.end);
    };
    assert.equal(gone('a:\n  b: 1\n  c: 2\n', 2), 'a:\n  c: 2\n');
    assert.equal(gone('a:\n  b: 1\nd: 1\n', 2), undefined);
  });
});
