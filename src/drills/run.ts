import { innermost } from '../cluster/errors.ts';
import { projectAccess } from '../engine/access.ts';
import { controlOf, currentEngine } from '../engine/index.ts';
import { parseProperties } from '../engine/native/relocate.ts';
import type { Progress } from '../engine/progress.ts';
import { obstacle } from '../errors.ts';
import type { Platform } from '../model/platform.ts';
import type { Drill, DrillContext, Evidence } from './drill.ts';

/** A drill's result as `verify --json` gives it. */
export type DrillResult = {
  readonly id: string;
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly evidence: Evidence;
  readonly reason?: string;
  readonly seconds: number;
};

export type RunOptions = { readonly progress: Progress; readonly signal: AbortSignal };

/** Runs drills one after the other on the platform that runs in a project. */
export async function runDrills(
  project: string,
  platform: Platform,
  selected: readonly Drill[],
  { progress, signal }: RunOptions,
): Promise<DrillResult[]> {
  const context = await drillContext(project, platform, { progress, signal });
  const results: DrillResult[] = [];
  for (const drill of selected) results.push(await runDrill(drill, context, progress));
  return results;
}

async function runDrill(
  drill: Drill,
  context: DrillContext,
  progress: Progress,
): Promise<DrillResult> {
  const { id, title } = drill;
  const notFor = drill.notFor(context.platform);
  if (notFor) return { id, title, status: 'skipped', evidence: {}, reason: notFor, seconds: 0 };
  const text = `${id}: ${title}`;
  progress({ kind: 'step', text });
  const start = performance.now();
  const result = await drill.run(context).catch((error: unknown) => {
    context.signal.throwIfAborted();
    // What a drill did not foresee is a failure of the platform until shown otherwise.
    return { status: 'failed' as const, evidence: {}, reason: innermost(error) };
  });
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  progress({ kind: 'done', of: text, text: `${id} ${result.status}: ${seconds} s` });
  return { id, title, ...result, seconds };
}

/** What was dead before would be blamed on the drills. */
async function requireWhole(project: string, platform: Platform): Promise<void> {
  const engine = await currentEngine(project);
  const dead = (await engine.running(project, platform)).filter(({ state }) => state === 'stopped');
  const [first] = dead;
  if (!first) return;
  throw obstacle({
    what: `${dead.map(({ name }) => name).join(', ')} ${dead.length === 1 ? 'is' : 'are'} not running.`,
    where: first.log,
    why: 'Drills break a whole platform and mend it again.',
    next: 'krafter up starts what is missing.',
  });
}

async function drillContext(
  project: string,
  platform: Platform,
  { progress, signal }: RunOptions,
): Promise<DrillContext> {
  const admin = await projectAccess(project, platform);
  const control = await controlOf(project, platform, signal);
  if (!admin || !control) {
    throw obstacle({
      what: `${platform.name} is not running.`,
      where: project,
      why: 'Drills break and mend a running platform.',
      next: 'krafter up',
    });
  }
  await requireWhole(project, platform);
  const users = new Map(
    await Promise.all(
      ['admin', ...platform.application.services.map(({ name }) => name)].map(
        async (user) => [user, (await projectAccess(project, platform, user)) ?? admin] as const,
      ),
    ),
  );
  return {
    project,
    platform,
    control,
    access: (user = 'admin') => users.get(user) ?? admin,
    properties: (path) => parseProperties(project, path),
    tell: (text) => progress({ kind: 'note', text }),
    signal,
    runId: Math.floor(Date.now() / 1000) % 1_000_000_000,
    outages: [],
  };
}
