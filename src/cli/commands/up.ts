import type { Command } from 'commander';
import { nativeHeapMegabytes } from '../../catalog/own-parts.ts';
import type { Engine, EngineName } from '../../engine/engine.ts';
import { oneOf } from '../choice.ts';
import type { OpenProject } from '../project.ts';

type Options = { engine?: EngineName; json?: true };

export const upCommand = (program: Command): Command =>
  program
    .command('up')
    .usage('[folder] [options]')
    .argument('[folder]', 'the project; default: the one around this folder')
    .description("Run the project's own files on this machine.")
    .option(
      '--engine <native|docker>',
      `native, the default, needs no Docker; a node has ${nativeHeapMegabytes} MB of heap at most`,
      oneOf('--engine', ['native', 'docker']),
    )
    .option('--json', 'what runs, for programs')
    .action(run);

async function run(given: string | undefined, options: Options): Promise<void> {
  const { interruptSignal } = await import('../interrupt.ts');
  const signal = interruptSignal();
  const { openProject } = await import('../project.ts');
  const { tell, printJson, wrap, dim } = await import('../output.ts');
  const { chooseEngine } = await import('../../engine/index.ts');
  const { alone } = await import('../../project/index.ts');
  const project = openProject(given);
  await refuseOldFiles(project.folder);
  await refuseTrackedSecrets(project);
  const engine = await chooseEngine(project.folder, project.platform, options.engine);
  await alone(project.folder, () => start(project, engine, signal));
  const { statusOf, statusText } = await import('../../engine/status.ts');
  const status = await statusOf(project.folder, project.platform);
  if (options.json) return printJson(status);
  tell(statusText(status));
  const moved = project.platform.application.services.filter(({ name, port }) =>
    status.running.some((one) => one.name === name && !one.endpoint.endsWith(`:${port}`)),
  );
  if (moved.length > 0) {
    const list = moved.map(({ name, port }) => `${port} of ${name}`).join(' and ');
    tell(wrap(`\nPort ${list} was taken by another program: not as the README says.`, ''));
  }
  tell(dim(wrap('\nNext: krafter verify proves it, krafter down ends it.', '')));
}

/**
 * What runs is the project's files; with an edited blueprint they would be yesterday's answers. A
 * newer krafter may write other files too, but that is no reason to stop.
 */
async function refuseOldFiles(folder: string): Promise<void> {
  const { plannedSynthesis } = await import('../synthesis.ts');
  const { krafterVersion } = await import('../version.ts');
  const {
    plan: { lock, decisions },
  } = await plannedSynthesis(folder);
  if (lock?.krafter !== krafterVersion) return;
  const old = decisions.filter(({ action }) => action !== 'unchanged' && action !== 'conflict');
  if (old[0] === undefined) return;
  const { refuse } = await import('../../errors.ts');
  if (old.some(({ path }) => path === '.env')) {
    throw refuse({
      what: '.env is not there, and with it the passwords of this platform.',
      where: '.env',
      why: 'Brokers that have data know the old passwords, and would refuse new ones.',
      next: 'Put it back. Or start anew, without the data: krafter down --volumes, krafter synth',
    });
  }
  throw refuse({
    what: `krafter would write ${old.length} of the files differently now: krafter.yaml has changed since, or krafter itself.`,
    where: old.length > 1 ? `${old[0].path} and ${old.length - 1} more` : old[0].path,
    why: 'The nodes start from those files, not from krafter.yaml.',
    next: 'krafter synth, then krafter up. What would change: krafter synth --dry-run',
  });
}

/** A password that git has is no secret, also after it was taken out again. */
async function refuseTrackedSecrets({ folder, platform }: OpenProject): Promise<void> {
  const { passwords } = await import('../../artifacts/security/index.ts');
  const { isTracked } = await import('../git.ts');
  if (passwords(platform).length === 0 || !isTracked(folder, '.env')) return;
  const { refuse } = await import('../../errors.ts');
  throw refuse({
    what: 'Git tracks .env, the file for the passwords of this platform.',
    where: '.env',
    why: 'Whoever reads the repository, now or later, can log in with them.',
    next: `git rm --cached .env, and have it in .gitignore. If it was committed, its passwords are known: change them, as ${platform.readme} says under Secrets.`,
  });
}

/** All of it runs, or nothing new does. */
async function start({ folder, platform }: OpenProject, engine: Engine, signal: AbortSignal) {
  const { progressLines, tell, wrap } = await import('../output.ts');
  const { isUp } = await import('../../engine/index.ts');
  const progress = progressLines();
  const ranBefore = await isUp(engine, folder, platform);
  try {
    await engine.up(folder, platform, { progress, signal });
  } catch (error) {
    progress.end();
    // Half a platform is of no use: end what was started, keep data and logs.
    const ended = ranBefore ? undefined : await engine.down(folder, { progress, volumes: false });
    if (!signal.aborted) throw error;
    const outcome = ended ? `${ended.ended} processes ended` : 'what ran before still runs';
    tell(wrap(`Stopped; ${outcome}. The project lies in ${folder}`, '  '));
    throw signal.reason;
  } finally {
    progress.end();
  }
}
