import { readdirSync, readFileSync } from 'node:fs';
import { identify, type ProcessId } from '../processes.ts';

/** Every process that `up` starts carries the project in this variable. */
export const projectVariable = 'KRAFTER_PROJECT';

/** Processes of this project that were started but not written down (a crash in between). */
export function strayProcesses(project: string, known: readonly ProcessId[]): ProcessId[] {
  const mark = `${projectVariable}=${project}`;
  const pids = new Set(known.map(({ pid }) => pid));
  return processIds()
    .filter((pid) => pid !== process.pid && !pids.has(pid) && environmentOf(pid).includes(mark))
    .flatMap((pid) => identify(pid) ?? []);
}

/** Linux only; elsewhere the written record has to do. */
function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^[0-9]+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
