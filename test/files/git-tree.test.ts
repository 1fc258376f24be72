import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { KrafterError } from '../../src/errors.ts';
import { treeAt, versionAt, versionsOf } from '../../src/files/git-tree.ts';

const root = mkdtempSync(join(tmpdir(), 'git-tree-'));
const repository = join(root, 'repository');
const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false'];
const git = (...words: string[]) =>
  execFileSync('git', [...identity, '-C', repository, ...words], { stdio: 'pipe' });
const put = (path: string, text: string) => writeFileSync(join(repository, path), text);
const every = () => true;

const refused = (work: Promise<unknown>, what: RegExp) =>
  assert.rejects(work, (error) => error instanceof KrafterError && what.test(error.trouble.what));

before(() => {
  mkdirSync(join(repository, 'deep/er'), { recursive: true });
  git('init', '-q', '-b', 'main');
  put('a.properties', 'old=1\n');
  put('deep/er/b\n"ü.properties', 'b=1\r\n');
  put('binary', 'a\0b');
  symlinkSync('/etc/passwd', join(repository, 'link'));
  put('.gitattributes', '* filter=evil diff=evil -text\n');
  git('add', '.');
  git('commit', '-qm', 'one');
  git('checkout', '-qb', 'change');
  put('a.properties', 'new=1\n');
  git('commit', '-qam', 'two');
  git('checkout', '-q', 'main');
  put('a.properties', 'elsewhere=1\n');
  git('commit', '-qam', 'three');
  git('checkout', '-q', 'change');
});
after(() => rmSync(root, { recursive: true }));

describe('the files of an earlier commit', () => {
  it('are those where the change parted, byte for byte, without links and binaries', async () => {
    const { files } = await treeAt(repository, 'main', every);
    assert.deepEqual(
      files.map(({ path, text }) => [path, text]),
      [
        ['.gitattributes', '* filter=evil diff=evil -text\n'],
        ['a.properties', 'old=1\n'],
        ['deep/er/b\n"ü.properties', 'b=1\r\n'],
      ],
    );
  });

  it('are relative to the folder that is asked about, and only those that are wanted', async () => {
    const { files } = await treeAt(join(repository, 'deep'), 'main', (path) => path.endsWith('s'));
    assert.deepEqual(
      files.map(({ path }) => path),
      ['er/b\n"ü.properties'],
    );
    mkdirSync(join(repository, 'fresh'), { recursive: true });
    assert.deepEqual((await treeAt(join(repository, 'fresh'), 'main', every)).files, []);
  });

  it('nothing of the repository is executed', async () => {
    const touched = join(root, 'touched');
    const evil = join(root, 'evil.sh');
    writeFileSync(evil, `#!/bin/sh\ntouch ${touched}\ncat\n`);
    chmodSync(evil, 0o755);
    for (const key of ['filter.evil.smudge', 'filter.evil.clean', 'diff.evil.textconv'])
      git('config', key, evil);
    for (const key of ['diff.evil.command', 'core.fsmonitor', 'core.pager', 'core.sshCommand'])
      git('config', key, evil);
    mkdirSync(join(repository, '.git/hooks'), { recursive: true });
    for (const hook of ['post-checkout', 'post-index-change', 'reference-transaction']) {
      writeFileSync(join(repository, '.git/hooks', hook), `#!/bin/sh\ntouch ${touched}\n`);
      chmodSync(join(repository, '.git/hooks', hook), 0o755);
    }
    rmSync(touched, { force: true });
    assert.equal((await treeAt(repository, 'main', every)).files.length, 3);
    assert.ok(!existsSync(touched));
  });

  it('a folder without git, an unknown commit, one that looks like an option: refused', async () => {
    await refused(treeAt(root, 'main', every), /no git repository/);
    await refused(treeAt(repository, 'mian', every), /no commit "mian"/);
    await refused(treeAt(repository, '--output=/tmp/x', every), /no commit/);
    await refused(treeAt(repository, 'a\nb', every), /no commit/);
  });

  it('without git itself: said', async () => {
    const path = process.env.PATH;
    process.env.PATH = root;
    try {
      await refused(treeAt(repository, 'main', every), /git was not found/);
    } finally {
      process.env.PATH = path;
    }
  });
});

describe('the versions of one file', () => {
  const asker = { where: 'against', without: 'Leave it out.' };
  const file = join(repository, 'a.properties');

  it('are those of the commits that changed it, the oldest first', async () => {
    assert.deepEqual(await versionsOf(file, asker), {
      texts: ['old=1\n', 'new=1\n'],
      older: false,
    });
    const other = join(repository, 'deep/er/b\n"ü.properties');
    assert.deepEqual((await versionsOf(other, asker)).texts, []);
    assert.deepEqual((await versionsOf(join(repository, 'no*'), asker)).texts, []);
    assert.deepEqual((await versionsOf(join(repository, 'binary'), asker)).texts, []);
  });

  it('or the one where HEAD and a branch part; what is unknown is refused in the words of who asks', async () => {
    assert.equal(await versionAt(file, 'main', asker), 'old=1\n');
    assert.equal(await versionAt(join(repository, 'gone'), 'main', asker), undefined);
    await assert.rejects(
      versionAt(file, 'mian', asker),
      (error) => error instanceof KrafterError && error.trouble.where === 'against',
    );
    await refused(versionsOf(join(root, 'a'), asker), /no git repository/);
  });
});
