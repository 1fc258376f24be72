import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that outlives krafter. Ids are reused, so the start time tells it from a stranger. */
export type ProcessId = { readonly pid: number; readonly startedAt: string };

export type Launch = {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output and error are appended here. */
  readonly log: string;
};

/** Starts a process in a session of its own, so that the terminal's Ctrl-C does not reach it. */
export async function launch({ command, args, cwd, env, log }: Launch): Promise<ProcessId> {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a', 0o600);
  try {
    const child = spawn(command, [...args], {
      cwd,
      env: env as NodeJS.ProcessEnv,
      detached: true,
      stdio: ['ignore', output, output],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    const pid = child.pid as number;
    return identify(pid) ?? { pid, startedAt: 'ended' };
  } finally {
    closeSync(output);
  }
}

const hasProc = existsSync('/proc/self/stat');

/** When a process started; undefined when it is gone or a zombie. */
const startTime = (pid: number): string | undefined =>
  hasProc ? startTimeByProc(pid) : startTimeByPs(pid);

/** As `ps` prints it, where there is no /proc (macOS). */
export function startTimeByPs(pid: number): string | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  const [state = '', ...started] = (stdout ?? '').trim().split(/\s+/);
  return state === '' || state.startsWith('Z') ? undefined : started.join(' ');
}

/** Clock ticks since boot (proc(5), field 22). */
function startTimeByProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; what follows it does not.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** A running process by its id. */
export function identify(pid: number): ProcessId | undefined {
  const startedAt = startTime(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export const isRunning = ({ pid, startedAt }: ProcessId): boolean => startTime(pid) === startedAt;

/** Bytes of memory that a process holds; 0 when it is gone. */
export function residentBytes({ pid }: ProcessId): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
  } catch {
    return hasProc ? 0 : residentByPs(pid);
  }
}

export function residentByPs(pid: number): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number((stdout ?? '').trim()) * 1024;
}

export function signal(process_: ProcessId, name: NodeJS.Signals): void {
  if (!isRunning(process_)) return;
  // The whole group, so that a shell's children go with it; a child itself leads none.
  for (const target of [-process_.pid, process_.pid]) {
    try {
      process.kill(target, name);
      return;
    } catch {
      // It leads no group, or ended between the look and the signal.
    }
  }
}

/** Ends processes together: SIGTERM, and after the grace SIGKILL. Returns those that had to be killed. */
export async function stopAll(
  processes: readonly ProcessId[],
  graceMs: number,
): Promise<readonly ProcessId[]> {
  for (const process_ of processes) signal(process_, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (processes.some(isRunning) && Date.now() < deadline) await sleep(50);
  const stubborn = processes.filter(isRunning);
  await killAll(stubborn);
  return stubborn;
}

/** Without a word before: whoever is killed gets no chance to commit, flush or hand over. */
export async function killAll(processes: readonly ProcessId[]): Promise<void> {
  for (const process_ of processes) signal(process_, 'SIGKILL');
  const end = Date.now() + 5000;
  while (processes.some(isRunning) && Date.now() < end) await sleep(20);
}
