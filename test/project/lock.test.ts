import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { managed } from '../../src/artifacts/artifact.ts';
import { KrafterError } from '../../src/errors.ts';
import { lockFile, planWrite } from '../../src/project/index.ts';
import { krafter, place, read, synth, write } from './project-folder.ts';

const artifacts = [managed('b/x.yaml', 'x: 1\n'), managed('a.txt', 'a\n', 0o755)];

async function refusal(t: TestContext, change: (lock: string) => string) {
  const folder = place(t);
  await synth(folder, artifacts);
  write(folder, lockFile, change(read(folder, lockFile)));
  try {
    await planWrite(folder, [managed('b/x.yaml', 'x: 2\n')], { krafter });
  } catch (error) {
    assert.ok(error instanceof KrafterError, String(error));
    assert.equal(error.exit, 2);
    return error.trouble;
  }
  return assert.fail('was not refused');
}

it('the lock has a line for each file, in order, the same at every writing', async (t) => {
  const [one, two] = [place(t), place(t)];
  await synth(one, artifacts);
  await synth(two, [...artifacts].reverse());
  const text = readFileSync(join(one, lockFile), 'utf8');
  assert.equal(text, read(two, lockFile));
  const [, , , , a, b] = text.split('\n');
  assert.match(
    a ?? '',
    /^ {4}"a\.txt": \{"ownership":"managed","mode":"755","base":\{"sha256":"[0-9a-f]{64}","deflate":"[^"]+"\}\},$/,
  );
  assert.match(b ?? '', /^ {4}"b\/x\.yaml": /);
});

it('a damaged lock is refused, with what to do', async (t) => {
  assert.match((await refusal(t, (lock) => lock.slice(0, 50))).what, /is not JSON/);
  assert.match((await refusal(t, () => '{"version":1,"krafter":"1","files":[]}')).what, /damaged/);
  const merged = await refusal(t, (lock) => `<<<<<<< HEAD\n${lock}`);
  assert.match(merged.what, /git conflict markers/);
  assert.match(merged.next ?? '', /git checkout/);
});

it('a base text that was tampered with is refused before it is merged with', async (t) => {
  const folder = place(t);
  await synth(folder, artifacts);
  const broken = read(folder, lockFile).replaceAll(/"deflate":"[^"]+"/g, '"deflate":"S0xKBgA="');
  write(folder, lockFile, broken);
  write(folder, 'b/x.yaml', 'x: 1\nmine: 2\n');
  await assert.rejects(
    planWrite(folder, [managed('b/x.yaml', 'x: 2\n')], { krafter }),
    /does not match its digest/,
  );
});

it('a lock from a newer krafter is refused, and names the version to install', async (t) => {
  const { what, next } = await refusal(t, (lock) =>
    lock.replace('"version": 1', '"version": 2').replace('0.1.0', '9.0.0'),
  );
  assert.match(what, /newer krafter \(9\.0\.0\)/);
  assert.match(next ?? '', /krafter@9\.0\.0/);
});

it('a lock that names files outside the project is refused', async (t) => {
  const { what } = await refusal(t, (lock) => lock.replace('"a.txt"', '"../../a.txt"'));
  assert.match(what, /\.\./);
});
