/** `krafter check` on a repository: fixes, baselines, changes and the way to another release. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

const main = join(import.meta.dirname, '../../src/cli/main.ts');
let root: string;
const put = (path: string, text: string) => writeFileSync(join(root, path), text);
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-C', root, ...words], {
    stdio: 'pipe',
  });

function krafter(...words: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, 'check', ...words], {
    cwd: root,
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}
const codes = (...words: string[]): string[] => {
  const { stdout, stderr } = krafter('--json', ...words);
  assert.ok(stdout.startsWith('{'), stderr);
  return JSON.parse(stdout).findings.map(
    ({ rule, line }: { rule: string; line: number }) => `${rule}:${line}`,
  );
};

const producer = 'bootstrap.servers=kafka:9092\r\nacks=0\r\nbatch.size=x';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'check-'));
  git('init', '-q', '-b', 'main');
  mkdirSync(join(root, 'a'));
  put('a/producer.properties', producer);
});
afterEach(() => rmSync(root, { recursive: true }));

describe('krafter check', () => {
  it('--show-fixes shows a diff and writes nothing; --fix writes it and tells what is left', () => {
    const { stdout } = krafter('--show-fixes');
    assert.match(stdout, /^-acks=0\r$/m);
    assert.equal(read('a/producer.properties'), producer);
    const { status, stderr } = krafter('--fix', '.');
    assert.match(stderr, /KP001 a\/producer\.properties:2 Set acks to all/);
    assert.equal(read('a/producer.properties'), producer.replace('acks=0', 'acks=all'));
    assert.equal(status, 1);
    assert.match(krafter('--fix').stderr, /nothing to mend/);
    assert.equal(krafter('--fix=sure', '.').status, 2);
  });

  it('--baseline leaves out what is known, and says what is gone', () => {
    assert.equal(krafter('--baseline', 'known.json').status, 2);
    assert.equal(krafter('--baseline', 'known.json', '--update-baseline').status, 0);
    assert.deepEqual(codes('--baseline', 'known.json'), []);
    put('a/producer.properties', `# moved\n${producer.replace('batch.size=x', 'linger.ms=x')}`);
    assert.deepEqual(codes('--baseline', 'known.json'), ['KG004:4']);
    assert.match(krafter('--baseline', 'known.json').stderr, /Gone: KG004/);
    assert.match(krafter('--baseline', 'known.json', '--fix').stderr, /nothing to mend/);
  });

  it('--diff tells only what the change brings', () => {
    git('add', '.');
    git('commit', '-qm', 'one');
    git('checkout', '-qb', 'change');
    put('a/producer.properties', `client.id=a\r\n${producer}\r\nlinger.ms=x`);
    assert.deepEqual(codes('--diff', 'main'), ['KG004:5']);
    assert.deepEqual(codes('--diff', 'main', 'a'), ['KG004:5']);
    const { status, stderr } = krafter('--diff', 'mian');
    assert.equal(status, 2);
    assert.match(stderr, /no commit "mian"/);
  });

  it('--target lists what to do before, with and after', () => {
    put(
      'a/producer.properties',
      'bootstrap.servers=kafka:9092\nacks=all\nretries=3\nauto.include.jmx.reporter=true\n',
    );
    const { stdout, status } = krafter('--target', '4.0');
    assert.match(
      stdout,
      /Before the upgrade\n.*auto\.include\.jmx\.reporter[\s\S]*With the upgrade\n.*linger\.ms/,
    );
    assert.match(stdout, /a\/producer\.properties:4/);
    assert.equal(status, 1);
    assert.equal(krafter('--target', '4.0', '--fix').status, 2);
  });

  it('keeps to krafter.check.yaml and to suppressions', () => {
    put('krafter.check.yaml', 'version: 1\nseverities: {KG004: off}\n');
    assert.deepEqual(codes(), ['KP001:2']);
    put(
      'a/producer.properties',
      producer.replace('acks=0', '# krafter: ignore[KP001] a gauge\r\nacks=0'),
    );
    assert.deepEqual(codes(), []);
  });
});
