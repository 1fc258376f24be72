import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  isRunning,
  killAll,
  launch,
  residentByPs,
  residentBytes,
  startTimeByPs,
  stopAll,
} from '../../src/engine/processes.ts';

const sleeper = async (t: { after(work: () => void): void }, args: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'krafter-processes-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const log = join(folder, 'log');
  return launch({ command: 'sh', args: ['-c', args], cwd: folder, env: process.env, log });
};

describe('a process that outlives krafter', () => {
  it('is known by its id and start, not by its id alone', async (t) => {
    const child = await sleeper(t, 'sleep 30');
    assert.ok(isRunning(child));
    assert.ok(!isRunning({ ...child, startedAt: '1' }));
    assert.deepEqual(await stopAll([child], 2000), []);
    assert.ok(!isRunning(child));
  });

  it('is killed when it does not want to end', async (t) => {
    const child = await sleeper(t, 'trap "" TERM; touch deaf; while :; do sleep 0.1; done');
    while (!existsSync(`/proc/${child.pid}/cwd/deaf`)) await sleep(20);
    assert.deepEqual(await stopAll([child], 300), [child]);
    assert.ok(!isRunning(child));
  });

  it('is killed without a word before, when a drill wants that', async (t) => {
    const child = await sleeper(
      t,
      'trap "touch warned" TERM; touch ready; while :; do sleep 0.1; done',
    );
    const folder = readlinkSync(`/proc/${child.pid}/cwd`);
    while (!existsSync(join(folder, 'ready'))) await sleep(20);
    await killAll([child]);
    assert.ok(!isRunning(child));
    await sleep(300);
    assert.ok(!existsSync(join(folder, 'warned')));
  });

  it('is never a stranger who has its number by now', async (t) => {
    const stranger = await sleeper(t, 'sleep 30');
    await stopAll([{ pid: stranger.pid, startedAt: 'before' }], 100);
    assert.ok(isRunning(stranger));
    await killAll([stranger]);
  });
});

describe('where there is no /proc', () => {
  it('ps tells when a process started, the same each time, and when it is gone', async (t) => {
    const child = await sleeper(t, 'sleep 30');
    const started = startTimeByPs(child.pid);
    assert.match(started ?? '', /\d{4}$/);
    assert.equal(startTimeByPs(child.pid), started);
    await killAll([child]);
    assert.equal(startTimeByPs(child.pid), undefined);
  });

  it('ps tells the memory as /proc does', async (t) => {
    const child = await sleeper(t, 'exec sleep 30');
    const ratio = residentByPs(child.pid) / residentBytes(child);
    assert.ok(ratio > 0.5 && ratio < 2, `${ratio}`);
    await killAll([child]);
  });
});
