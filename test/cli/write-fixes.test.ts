import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { writeFixes } from '../../src/cli/write-fixes.ts';
import { KrafterError } from '../../src/errors.ts';
import { ProjectFile } from '../../src/files/project-file.ts';

let root: string;
const put = (path: string, text: string | Buffer) => writeFileSync(join(root, path), text);
const read = (path: string) => readFileSync(join(root, path));
const file = (path: string) => new ProjectFile(path, read(path).toString('utf8'));
const refused = (work: Promise<unknown>, what: RegExp) =>
  assert.rejects(work, (error) => error instanceof KrafterError && what.test(error.trouble.what));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fixes-'));
  mkdirSync(join(root, 'a'));
  put('a/one', '\uFEFFa=1\r\nb=2');
  put('two', 'a=1\n');
  chmodSync(join(root, 'a/one'), 0o750);
});
afterEach(() => rmSync(root, { recursive: true }));

const texts = new Map([
  ['a/one', 'a=3\r\nb=2'],
  ['two', 'a=3\n'],
]);

describe('mended files', () => {
  it('keep byte order mark, line ends, a missing newline and mode; nothing else is left behind', async () => {
    await writeFixes(root, [file('a/one'), file('two')], texts);
    assert.deepEqual(read('a/one'), Buffer.from('\uFEFFa=3\r\nb=2'));
    assert.equal(statSync(join(root, 'a/one')).mode & 0o777, 0o750);
    assert.equal(read('two').toString(), 'a=3\n');
    assert.deepEqual(readdirSync(root).sort(), ['a', 'two']);
  });

  it('are none where one of them changed meanwhile', async () => {
    const files = [file('a/one'), file('two')];
    put('two', 'mine\n');
    await refused(writeFixes(root, files, texts), /two has changed/);
    assert.match(read('a/one').toString(), /a=1/);
    assert.ok(!existsSync(join(root, '.krafter')));
  });

  it('are none where one is a link, read-only or not in UTF-8', async () => {
    const files = [file('a/one'), file('two')];
    rmSync(join(root, 'two'));
    symlinkSync('a/one', join(root, 'two'));
    await refused(writeFixes(root, files, texts), /symbolic link/);
    rmSync(join(root, 'two'));
    put('two', 'a=1\n');
    chmodSync(join(root, 'two'), 0o444);
    await refused(writeFixes(root, files, texts), /read-only/);
    rmSync(join(root, 'two'));
    put('two', Buffer.from([0x61, 0xff, 0x0a]));
    await refused(writeFixes(root, [file('a/one'), file('two')], texts), /UTF-8/);
    assert.match(read('a/one').toString(), /a=1/);
  });
});
