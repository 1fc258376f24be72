/**
 * A port that was chosen looks free to everybody until a node listens on it, seconds later. So
 * each krafter says which it has chosen: an empty file, named after the port and the process. That
 * of a process which has ended means nothing, so a crash needs no mending, and nobody waits.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isRunning } from '../processes.ts';
import { cacheFolder } from './cache.ts';

const folder = (): string => join(cacheFolder(), 'ports');

const claimed = new Set<number>();

/** Takes a port for this krafter, unless another one of this user has it. */
export async function claimPort(port: number): Promise<boolean> {
  mkdirSync(folder(), { recursive: true });
  while (!isTaken(port)) {
    writeFileSync(ownFile(port), '');
    claimed.add(port);
    // Of two that write and then look, the later one sees the other.
    if (!isTaken(port)) return true;
    releasePort(port);
    // Where both saw each other, chance says who is back first.
    await sleep(5 + Math.random() * 50);
  }
  return false;
}

/** For who chose another port, or listens on it: that can be seen without a file. */
export function releasePort(port: number): void {
  claimed.delete(port);
  rmSync(ownFile(port), { force: true });
}

export const releasePorts = (): void => [...claimed].forEach(releasePort);

/** Has another krafter, one that runs, chosen it? */
function isTaken(port: number): boolean {
  return readdirSync(folder()).some((name) => {
    const [claim, pid, startedAt = ''] = name.split(' ');
    if (Number(claim) !== port || Number(pid) === process.pid) return false;
    if (isRunning({ pid: Number(pid), startedAt: decodeURIComponent(startedAt) })) return true;
    // Only that process would have written it again.
    rmSync(join(folder(), name), { force: true });
    return false;
  });
}

let start: string | undefined;

function ownFile(port: number): string {
  start ??= encodeURIComponent(identify(process.pid)?.startedAt ?? '');
  return join(folder(), `${port} ${process.pid} ${start}`);
}
