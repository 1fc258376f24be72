import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { type Artifact, managed } from '../../src/artifacts/artifact.ts';
import { KrafterError } from '../../src/errors.ts';
import { synth, tree } from './project-folder.ts';

/** A disk of one megabyte, or undefined where it may not be mounted. */
function smallDisk(t: TestContext): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'krafter-small-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  t.after(() => {
    if (mounted.status === 0) spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  if (mounted.status === 0) return folder;
  t.skip('mounting a small disk needs root');
  return undefined;
}

const large: Artifact[] = Array.from({ length: 40 }, (_, index) =>
  managed(`topics/${index}.txt`, `${index}`.repeat(50_000)),
);

const isFull = (error: unknown) => {
  assert.ok(error instanceof KrafterError, String(error));
  assert.equal(error.exit, 3);
  assert.match(error.trouble.what, /disk of .* is full/);
  return true;
};

it('a full disk leaves the project as it was', async (t) => {
  const disk = smallDisk(t);
  if (!disk) return;
  const folder = join(disk, 'orders');
  await synth(folder, [managed('a', 'a\n')]);
  const before = tree(disk);
  await assert.rejects(synth(folder, [managed('a', 'b\n'), ...large]), isFull);
  assert.deepEqual(tree(disk), before);
  await synth(folder, [managed('a', 'b\n')]);
});

it('a full disk leaves nothing of a new project', async (t) => {
  const disk = smallDisk(t);
  if (!disk) return;
  await assert.rejects(synth(join(disk, 'orders'), large), isFull);
  assert.deepEqual(tree(disk), {});
  assert.ok(!existsSync(join(disk, 'orders')));
});
