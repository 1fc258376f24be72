import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { suppressionsIn } from '../../src/check/suppressions.ts';
import { ProjectFile } from '../../src/files/project-file.ts';

const read = (path: string, text: string) => suppressionsIn(new ProjectFile(path, text));
const covered = (path: string, text: string): number[] => {
  const [one] = read(path, text);
  const lines = text.split('\n').map((_, index) => index + 1);
  const at = (line: number) => ({ file: path, line, column: 1, endLine: line, endColumn: 2 });
  return lines.filter((line) => one?.covers(at(line)));
};

describe('a suppression', () => {
  const forms: [path: string, line: string][] = [
    ['a.yaml', 'acks: 0 # krafter: ignore[KP001] why'],
    ['Dockerfile', 'ENV A=0 # krafter: ignore[KP001] why'],
    ['A.java', 'send(a); // krafter: ignore[KP001] why'],
    ['A.kt', 'send(a) /* krafter: ignore[KP001] why */'],
    ['pom.xml', '<a/> <!-- krafter: ignore[KP001] why -->'],
    ['a.sql', "SET 'a' = 'b'; -- krafter: ignore[KP001] why"],
    ['a.ini', 'acks = 0 ; krafter: ignore[KP001] why'],
    ['main.tf', 'acks = 0 // krafter: ignore[KP001] why'],
  ];
  for (const [path, line] of forms)
    it(`behind what it is about: ${path}`, () => {
      const [one] = read(path, line);
      assert.deepEqual(one?.codes, ['KP001']);
      assert.equal(one?.reason, 'why');
      assert.deepEqual(covered(path, `\n${line}\n\n`), [2]);
    });

  it('on the line above, over further comments', () => {
    assert.deepEqual(covered('a.yaml', '# krafter: ignore[KP001] why\n# more\nacks: 0\nb: 1'), [3]);
    assert.deepEqual(covered('a.properties', '! krafter: ignore[KP001] why\nacks=0\nb=1'), [2]);
    assert.deepEqual(covered('a.yaml', '{{- /* krafter: ignore[KP001] why */ -}}\nacks: 0'), []);
  });

  it('counts lines as the file does, with CRLF too', () => {
    const text = 'a: 1\r\n# krafter: ignore[KP001] why\r\nacks: 0\r\n';
    assert.deepEqual(covered('a.yaml', text), [3]);
    assert.equal(read('a.yaml', text)[0]?.reason, 'why');
  });

  it('is none in another comment form, behind a .properties value, or in JSON', () => {
    assert.deepEqual(read('a.java', '# krafter: ignore[KP001] why'), []);
    assert.deepEqual(read('a.properties', 'acks=0 # krafter: ignore[KP001] why'), []);
    assert.deepEqual(read('a.json', '// krafter: ignore[KP001] why'), []);
    assert.deepEqual(read('a.yaml', 'a: http://krafter: ignore[KP001] why'), []);
  });

  it('reads a hostile line in no time', () => {
    const start = Date.now();
    read('a.yaml', `${'# krafter: '.repeat(100_000)}${' '.repeat(100_000)}`);
    read('a.yaml', '# krafter: ignore[KP001] why\n# x'.repeat(20_000));
    assert.ok(Date.now() - start < 2_000);
  });
});
