import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type Artifact, managed } from '../../src/artifacts/artifact.ts';
import { KrafterError } from '../../src/errors.ts';
import { applyPlan, planReport, planWrite } from '../../src/project/index.ts';
import { krafter, place, read, said, synth, tree, write } from './project-folder.ts';

const once = (path: string, content: string): Artifact => ({
  path,
  content,
  mode: 0o644,
  ownership: 'once',
});
const secret = (path: string, content: string): Artifact => ({
  path,
  content,
  mode: 0o600,
  ownership: 'secret',
});

const conf = 'a=1\nb=2\nc=3\nd=4\n';

const refused = (exit: number, what: RegExp) => (error: unknown) => {
  assert.ok(error instanceof KrafterError, String(error));
  assert.equal(error.exit, exit);
  assert.match(error.trouble.what, what);
  return true;
};

/** A second synth must find nothing to do, and the disk as it was. */
async function settles(folder: string, artifacts: Artifact[]) {
  const before = tree(folder);
  const report = await synth(folder, artifacts);
  assert.deepEqual(tree(folder), before);
  return report;
}

describe('a new project', () => {
  it('is written whole, with modes, and the next synth changes nothing', async (t) => {
    const folder = place(t);
    const artifacts = [
      managed('run.sh', '#!/bin/sh\n', 0o755),
      managed('conf/a.properties', conf),
      once('app/main.py', 'print()\n'),
      secret('secrets/admin', 'hunter2\n'),
    ];
    const report = await synth(folder, artifacts);
    assert.equal(report.totals.create, 4);
    const mode = (path: string) => (statSync(join(folder, path)).mode & 0o777).toString(8);
    assert.deepEqual(['run.sh', 'conf/a.properties', 'secrets/admin'].map(mode), [
      '755',
      '644',
      '600',
    ]);
    assert.equal((await settles(folder, artifacts)).totals.unchanged, 4);
    assert.ok(!existsSync(join(folder, '.krafter')));
  });

  it('is only planned in a dry run', async (t) => {
    const folder = place(t);
    const plan = await planWrite(folder, [managed('a', 'text\n'), secret('s', 'hunter2\n')], {
      krafter,
    });
    const report = JSON.parse(JSON.stringify(planReport(plan)));
    assert.deepEqual(report.files[0], {
      path: 'a',
      action: 'create',
      ownership: 'managed',
      bytes: 5,
    });
    assert.equal(report.bytes, 13);
    assert.doesNotMatch(JSON.stringify(report), /hunter2/);
    assert.ok(!existsSync(folder));
  });

  it('adds files to a folder of a person, and takes over what is the same', async (t) => {
    const folder = place(t);
    write(folder, 'notes.txt', 'mine\n');
    write(folder, 'same', 'text\n');
    const report = await synth(folder, [managed('same', 'text\n'), managed('new', 'new\n')]);
    assert.deepEqual(
      [said(report, 'same').action, said(report, 'new').action],
      ['unchanged', 'create'],
    );
    assert.equal(read(folder, 'notes.txt'), 'mine\n');
    assert.equal((await synth(folder, [managed('same', 'text 2\n')])).totals.update, 1);
  });

  it('lists what differs there as conflicts, for new to give up on', async (t) => {
    const folder = place(t);
    write(folder, 'README.md', 'mine\n');
    write(folder, 'app.py', 'mine\n');
    write(folder, 'secrets/admin', 'mine\n');
    const artifacts = [
      managed('README.md', 'x\n'),
      once('app.py', 'y\n'),
      secret('secrets/admin', 'z\n'),
    ];
    const report = planReport(await planWrite(folder, artifacts, { krafter }));
    assert.deepEqual(
      report.files.map(({ action }) => action),
      ['conflict', 'conflict', 'unchanged'],
    );
    assert.equal(report.place, 'folder');
    assert.equal(said(report, 'README.md').reason, 'a different file of yours is there');
  });

  it('refuses hostile and colliding paths', async (t) => {
    const folder = place(t);
    const hostile = [
      '',
      '/etc/passwd',
      '../up',
      'a/../../up',
      'a//b',
      './a',
      'a\\b',
      'C:/x',
      'a\nb',
      'a/',
    ];
    const reserved = [
      '.git/hooks/pre-commit',
      'sub/.GIT/config',
      '.krafter/journal.json',
      'krafter.lock.json',
      'a.krafter-new',
    ];
    for (const path of [...hostile, ...reserved])
      await assert.rejects(
        planWrite(folder, [managed(path, '')], { krafter }),
        refused(2, /can't be called/),
        path,
      );
    for (const pair of [
      ['a', 'A'],
      ['conf/a', 'Conf/b'],
      ['a', 'a/b'],
      ['a/b', 'a'],
      ['a', 'a'],
      ['\u00e9', 'e\u0301'],
    ])
      await assert.rejects(
        planWrite(
          folder,
          pair.map((path) => managed(path, '')),
          { krafter },
        ),
        refused(2, /collides/),
        pair.join(' '),
      );
  });
});

describe('a managed file', () => {
  const path = 'conf/a.properties';
  const born = async (t: TestContext, content = conf) => {
    const folder = place(t);
    await synth(folder, [managed(path, content)]);
    return folder;
  };

  it('is updated where nobody touched it', async (t) => {
    const folder = await born(t);
    const next = [managed(path, `${conf}e=5\n`)];
    assert.equal(said(await synth(folder, next), path).action, 'update');
    assert.equal(read(folder, path), `${conf}e=5\n`);
    await settles(folder, next);
  });

  it('keeps the edits of a person, over several synths', async (t) => {
    const folder = await born(t);
    write(folder, path, `# ours\n${conf}`);
    assert.equal(said(await synth(folder, [managed(path, conf)]), path).action, 'unchanged');
    for (const value of [5, 6, 7]) {
      const next = [managed(path, conf.replace('d=4', `d=${value}`))];
      assert.equal(said(await synth(folder, next), path).action, 'merge');
      assert.equal(read(folder, path), `# ours\n${conf.replace('d=4', `d=${value}`)}`);
      await settles(folder, next);
    }
  });

  it('stays deleted, until krafter has something new to say', async (t) => {
    const folder = await born(t);
    unlinkSync(join(folder, path));
    const report = await synth(folder, [managed(path, conf)]);
    assert.deepEqual(said(report, path), { action: 'unchanged', reason: 'you deleted it' });
    assert.match(read(folder, 'krafter.lock.json'), /"deleted":true/);
    await settles(folder, [managed(path, conf)]);
    const next = [managed(path, 'new=1\n')];
    assert.equal(said(await synth(folder, next), path).action, 'conflict');
    assert.equal(read(folder, `${path}.krafter-new`), 'new=1\n');
    await settles(folder, next);
    unlinkSync(join(folder, `${path}.krafter-new`));
    assert.deepEqual(said(await synth(folder, next), path), {
      action: 'unchanged',
      reason: 'you deleted it',
    });
    await settles(folder, next);
  });

  it('goes with its empty folders when it is no longer generated', async (t) => {
    const folder = await born(t);
    const report = await synth(folder, [managed('b', 'b\n')]);
    assert.equal(said(report, path).action, 'delete');
    assert.deepEqual(Object.keys(tree(folder)), ['b', 'krafter.lock.json']);
  });

  it('that a person edited is not deleted, but offered to be', async (t) => {
    const folder = await born(t);
    write(folder, path, `${conf}mine=1\n`);
    assert.equal(said(await synth(folder, []), path).action, 'conflict');
    assert.match(read(folder, `${path}.krafter-new`), /no longer generates/);
    await settles(folder, []);
    unlinkSync(join(folder, `${path}.krafter-new`));
    await synth(folder, []);
    assert.equal(read(folder, path), `${conf}mine=1\n`);
    assert.equal((await settles(folder, [])).files.length, 0);
  });

  it('that came back, but for the end of its last line, is no conflict', async (t) => {
    const folder = await born(t);
    write(folder, path, conf.trimEnd());
    await synth(folder, []);
    unlinkSync(join(folder, `${path}.krafter-new`));
    const report = await synth(folder, [managed(path, conf)], { conflicts: 'markers' });
    assert.equal(said(report, path).action, 'unchanged');
    assert.equal(read(folder, path), conf.trimEnd());
    await settles(folder, [managed(path, conf)]);
  });

  it('keeps the mode that a person gave it, until krafter wants another', async (t) => {
    const folder = await born(t);
    const mode = () => (statSync(join(folder, path)).mode & 0o777).toString(8);
    chmodSync(join(folder, path), 0o600);
    await synth(folder, [managed(path, `${conf}e=5\n`)]);
    assert.equal(mode(), '600');
    await synth(folder, [managed(path, `${conf}e=5\n`, 0o755)]);
    assert.equal(mode(), '755');
    await settles(folder, [managed(path, `${conf}e=5\n`, 0o755)]);
  });

  it('that a checkout gave CR LF ends is still untouched', async (t) => {
    const folder = await born(t);
    write(folder, path, conf.replaceAll('\n', '\r\n'));
    assert.equal(said(await synth(folder, [managed(path, `${conf}e=5\n`)]), path).action, 'update');
    assert.equal(read(folder, path), `${conf}e=5\n`.replaceAll('\n', '\r\n'));
    assert.equal(said(await synth(folder, []), path).action, 'delete');
  });

  it('may become a folder, and back', async (t) => {
    const folder = place(t);
    await synth(folder, [managed('kafka', 'a\n')]);
    await synth(folder, [managed('kafka/broker-1', 'b\n'), managed('kafka/deep/er', 'c\n')]);
    assert.equal(read(folder, 'kafka/broker-1'), 'b\n');
    await synth(folder, [managed('kafka', 'a\n')]);
    assert.equal(read(folder, 'kafka'), 'a\n');
    await settles(folder, [managed('kafka', 'a\n')]);
  });
});

describe('a conflict', () => {
  const path = 'conf/a.properties';
  const ours = [managed(path, conf.replace('b=2', 'b=20').replace('d=4', 'd=40'))];
  const theirs = conf.replace('b=2', 'b=200');
  const conflicted = async (t: TestContext, conflicts: 'beside' | 'markers') => {
    const folder = place(t);
    await synth(folder, [managed(path, conf)]);
    write(folder, path, theirs);
    const report = await synth(folder, ours, { conflicts });
    assert.deepEqual(said(report, path), {
      action: 'conflict',
      reason: 'you and krafter both changed b',
    });
    return folder;
  };
  const beside = `${path}.krafter-new`;

  it('leaves the file and puts the new text beside it, once', async (t) => {
    const folder = await conflicted(t, 'beside');
    assert.equal(read(folder, path), theirs);
    assert.equal(read(folder, beside), ours[0]?.content);
    await settles(folder, ours);
  });

  it('is settled for mine by deleting the new text', async (t) => {
    const folder = await conflicted(t, 'beside');
    write(folder, path, theirs.replace('d=4', 'd=40'));
    unlinkSync(join(folder, beside));
    assert.equal(said(await synth(folder, ours), path).action, 'unchanged');
    assert.equal(read(folder, path), theirs.replace('d=4', 'd=40'));
    await settles(folder, ours);
    const later = [managed(path, `${ours[0]?.content}e=5\n`)];
    await synth(folder, later);
    assert.equal(read(folder, path), `${theirs.replace('d=4', 'd=40')}e=5\n`);
  });

  it("is settled for krafter's by copying the new text over, which is then tidied away", async (t) => {
    const folder = await conflicted(t, 'beside');
    write(folder, path, read(folder, beside));
    assert.equal(said(await synth(folder, ours), path).action, 'unchanged');
    assert.ok(!existsSync(join(folder, beside)));
    await settles(folder, ours);
  });

  it('is settled by an edit that merges', async (t) => {
    const folder = await conflicted(t, 'beside');
    write(folder, path, `${conf}mine=1\n`);
    assert.equal(said(await synth(folder, ours), path).action, 'merge');
    assert.equal(read(folder, path), `${ours[0]?.content}mine=1\n`);
    assert.ok(!existsSync(join(folder, beside)));
  });

  it("follows krafter's next text while it is open", async (t) => {
    const folder = await conflicted(t, 'beside');
    const later = [managed(path, conf.replace('b=2', 'b=30'))];
    await synth(folder, later);
    assert.equal(read(folder, beside), later[0]?.content);
    await settles(folder, later);
    await synth(folder, [managed(path, conf)]);
    assert.ok(!existsSync(join(folder, beside)));
    assert.equal(read(folder, path), theirs);
  });

  it('never replaces a .krafter-new that a person wrote in', async (t) => {
    const folder = await conflicted(t, 'beside');
    write(folder, beside, 'my draft\n');
    const report = await synth(folder, [managed(path, conf.replace('b=2', 'b=30'))]);
    assert.match(said(report, path).reason ?? '', /left alone/);
    assert.equal(read(folder, beside), 'my draft\n');
    await synth(folder, [managed(path, conf)]);
    assert.equal(read(folder, beside), 'my draft\n');
  });

  it('can be written into the file in markers, and is settled by removing them', async (t) => {
    const folder = await conflicted(t, 'markers');
    const marked = read(folder, path);
    assert.match(marked, /<<<<<<< yours\nb=200\n=======\nb=20\n>>>>>>> krafter\nc=3\nd=40\n/);
    assert.ok(!existsSync(join(folder, beside)));
    assert.equal(said(await settles(folder, ours), path).reason, 'it still has conflict markers');
    write(folder, path, ours[0]?.content.replace('b=20', 'b=200') ?? '');
    assert.equal(said(await synth(folder, ours), path).action, 'unchanged');
    await settles(folder, ours);
  });

  it('can be turned into markers later', async (t) => {
    const folder = await conflicted(t, 'beside');
    await synth(folder, ours, { conflicts: 'markers' });
    assert.match(read(folder, path), /<<<<<<< yours/);
    assert.ok(!existsSync(join(folder, beside)));
  });

  it('in a project that lost its lock is about every file that differs', async (t) => {
    const folder = place(t);
    await synth(folder, [managed(path, conf), managed('b', 'b\n')]);
    rmSync(join(folder, 'krafter.lock.json'));
    const report = await synth(folder, [managed(path, theirs), managed('b', 'b\n')]);
    assert.deepEqual(
      [said(report, path).action, said(report, 'b').action],
      ['conflict', 'unchanged'],
    );
    await settles(folder, [managed(path, theirs), managed('b', 'b\n')]);
    unlinkSync(join(folder, beside));
    await synth(folder, [managed(path, theirs.replace('d=4', 'd=5')), managed('b', 'b\n')]);
    assert.equal(read(folder, path), conf.replace('d=4', 'd=5'));
  });
});

describe('what a person owns', () => {
  it('is a once file from birth: edited, deleted, dropped, it stays so', async (t) => {
    const folder = place(t);
    await synth(folder, [once('a.py', '1\n'), once('b.py', '1\n')]);
    write(folder, 'a.py', 'mine\n');
    unlinkSync(join(folder, 'b.py'));
    await synth(folder, [once('a.py', '2\n'), once('b.py', '2\n')]);
    await synth(folder, []);
    await synth(folder, [once('a.py', '3\n'), once('b.py', '3\n')]);
    assert.equal(read(folder, 'a.py'), 'mine\n');
    assert.ok(!existsSync(join(folder, 'b.py')));
  });

  it('is a secret: made when absent, then never read out, replaced or recorded', async (t) => {
    const folder = place(t);
    await synth(folder, [secret('secrets/admin', 'first\n')]);
    await synth(folder, [secret('secrets/admin', 'second\n')]);
    assert.equal(read(folder, 'secrets/admin'), 'first\n');
    assert.doesNotMatch(read(folder, 'krafter.lock.json'), /secrets/);
    await synth(folder, []);
    assert.equal(read(folder, 'secrets/admin'), 'first\n');
  });
});

describe('a strange disk', () => {
  const born = async (t: TestContext) => {
    const folder = place(t);
    await synth(folder, [managed('conf/a', 'a\n')]);
    return folder;
  };
  const next = [managed('conf/a', 'b\n')];

  it('with a link out of the project is not written through', async (t) => {
    const folder = await born(t);
    const elsewhere = join(folder, '..', 'elsewhere');
    mkdirSync(elsewhere);
    rmSync(join(folder, 'conf'), { recursive: true });
    symlinkSync(elsewhere, join(folder, 'conf'));
    const report = await synth(folder, [...next, managed('conf/new', 'x\n')]);
    assert.match(said(report, 'conf/a').reason ?? '', /leads out of the project/);
    assert.match(said(report, 'conf/new').reason ?? '', /leads out of the project/);
    assert.deepEqual(tree(elsewhere), {});
  });

  it('with a file that became a link leaves the link and its target', async (t) => {
    const folder = await born(t);
    const target = join(folder, '..', 'target');
    write(folder, '../target', 'secret\n');
    unlinkSync(join(folder, 'conf/a'));
    symlinkSync(target, join(folder, 'conf/a'));
    const report = await synth(folder, next);
    assert.deepEqual(said(report, 'conf/a'), { action: 'conflict', reason: 'is a symbolic link' });
    assert.equal(readFileSync(target, 'utf8'), 'secret\n');
    assert.match(tree(folder)['conf/a'] ?? '', /^->/);
    assert.equal(said(await synth(folder, []), 'conf/a').action, 'conflict');
    assert.match(tree(folder)['conf/a'] ?? '', /^->/);
  });

  it('with a folder for a file, or a file for a folder, is a conflict', async (t) => {
    const folder = await born(t);
    unlinkSync(join(folder, 'conf/a'));
    write(folder, 'conf/a/mine', 'mine\n');
    assert.deepEqual(said(await synth(folder, next), 'conf/a'), {
      action: 'conflict',
      reason: 'is a folder',
    });
    rmSync(join(folder, 'conf'), { recursive: true });
    write(folder, 'conf', 'mine\n');
    assert.match(
      said(await synth(folder, next), 'conf/a').reason ?? '',
      /conf is a file, not a folder/,
    );
    assert.equal(read(folder, 'conf'), 'mine\n');
  });

  it('with binary or huge content is a conflict', async (t) => {
    const folder = await born(t);
    writeFileSync(join(folder, 'conf/a'), Buffer.from([0xff, 0xfe, 0, 1]));
    assert.match(said(await synth(folder, next), 'conf/a').reason ?? '', /is not text/);
    writeFileSync(join(folder, 'conf/a'), Buffer.alloc(9 * 1024 * 1024));
    assert.match(said(await synth(folder, next), 'conf/a').reason ?? '', /larger than/);
    assert.equal(statSync(join(folder, 'conf/a')).size, 9 * 1024 * 1024);
  });

  it('with a file that may not be read is a conflict', async (t) => {
    const folder = await born(t);
    chmodSync(join(folder, 'conf/a'), 0o000);
    const isRoot = process.geteuid?.() === 0;
    chmodSync(dirname(folder), 0o755);
    if (isRoot) process.seteuid?.(65534);
    const report = planReport(await planWrite(folder, next, { krafter }));
    if (isRoot) process.seteuid?.(0);
    assert.match(said(report, 'conf/a').reason ?? '', /can't be read \(EACCES\)/);
  });

  it('that changes between plan and apply is not overwritten', async (t) => {
    const folder = await born(t);
    const plan = await planWrite(folder, next, { krafter });
    write(folder, 'conf/a', 'mine\n');
    await assert.rejects(applyPlan(plan), refused(3, /has changed since/));
    assert.equal(read(folder, 'conf/a'), 'mine\n');
  });

  it('where the project is a file is refused', async (t) => {
    const folder = place(t);
    write(folder, '../orders', 'file');
    await assert.rejects(planWrite(folder, next, { krafter }), refused(2, /is a file/));
  });
});
