import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

export type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** The command line as a person runs it, without a terminal. */
export async function krafter(
  args: readonly string[],
  cwd?: string,
  timeoutMs = 300_000,
): Promise<Ran> {
  const result = await execa(process.execPath, [cli, ...args], {
    reject: false,
    stdin: 'ignore',
    timeout: timeoutMs,
    ...(cwd ? { cwd } : {}),
  });
  return { code: result.exitCode ?? -1, out: String(result.stdout), err: String(result.stderr) };
}

/** Fails with what krafter said, when it did not do what was asked. */
export async function mustRun(
  args: readonly string[],
  cwd?: string,
  timeoutMs?: number,
): Promise<Ran> {
  const ran = await krafter(args, cwd, timeoutMs);
  if (ran.code !== 0)
    throw new Error(`krafter ${args.join(' ')}: exit ${ran.code}\n${ran.err}\n${ran.out}`);
  return ran;
}

/** A folder that is gone after the test. */
export function scratch(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'krafter-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A generated project that runs natively; `end` stops it and removes it. */
export async function runningProject(
  answers: readonly string[],
): Promise<{ folder: string; end: () => Promise<void> }> {
  const { folder, remove } = scratch();
  const project = join(folder, 'shop');
  const end = async () => {
    await krafter(['down', project, '--volumes', '--yes']);
    remove();
  };
  try {
    await mustRun(['new', project, '--yes', ...answers]);
    await mustRun(['up', project]);
    return { folder: project, end };
  } catch (error) {
    await end();
    throw error;
  }
}

export type DrillAnswer = {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  readonly evidence: Readonly<Record<string, unknown>>;
};

/** `krafter verify --json`, and its exit code. */
export async function verify(
  project: string,
  only: readonly string[] = [],
): Promise<{ code: number; drills: readonly DrillAnswer[] }> {
  const ran = await krafter(
    ['verify', project, '--json', ...(only.length > 0 ? ['--only', only.join(',')] : [])],
    undefined,
    600_000,
  );
  if (!ran.out.startsWith('{'))
    throw new Error(`verify gave no JSON: exit ${ran.code}\n${ran.err}`);
  return { code: ran.code, drills: (JSON.parse(ran.out) as { drills: DrillAnswer[] }).drills };
}
