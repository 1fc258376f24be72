import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Artifact } from '../../src/artifacts/artifact.ts';
import {
  type ApplyOptions,
  applyPlan,
  type PlanReport,
  planReport,
  planWrite,
} from '../../src/project/index.ts';

export const krafter = '0.1.0';

/** A place for a project, removed at the end of the test. */
export function place(test: { after(work: () => void): void }, parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'krafter-project-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'orders');
}

export async function synth(
  folder: string,
  artifacts: readonly Artifact[],
  options: ApplyOptions = {},
): Promise<PlanReport> {
  const plan = await planWrite(folder, artifacts, { krafter });
  await applyPlan(plan, options);
  return planReport(plan);
}

export const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

export function write(folder: string, path: string, content: string) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** Every file, folder and link under a folder, with mode and content. */
export function tree(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (path: string) => {
    for (const name of readdirSync(join(folder, path)).sort()) {
      const inner = join(path, name);
      const stat = lstatSync(join(folder, inner));
      const mode = (stat.mode & 0o777).toString(8);
      if (stat.isDirectory()) {
        found[`${inner}/`] = mode;
        walk(inner);
      } else if (stat.isSymbolicLink()) found[inner] = `-> ${readlinkSync(join(folder, inner))}`;
      else found[inner] = `${mode} ${readFileSync(join(folder, inner), 'utf8')}`;
    }
  };
  walk('.');
  return found;
}

/** What the report says of one path. */
export function said(report: PlanReport, path: string): { action: string; reason?: string } {
  const file = report.files.find((one) => one.path === path);
  if (!file) throw new Error(`${path} is not in the plan`);
  return { action: file.action, ...(file.reason && { reason: file.reason }) };
}
