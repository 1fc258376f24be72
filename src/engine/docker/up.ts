import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { composePath } from '../../artifacts/compose/index.ts';
import { secretsScript } from '../../artifacts/security/index.ts';
import { obstacle, refuse } from '../../errors.ts';
import { reasonIn } from '../kafka-log.ts';
import { type Progress, step } from '../progress.ts';
import { compose, type Output } from './compose.ts';
import { listContainers } from './status.ts';

/** Long enough for a slow machine; a node that never gets healthy fails much earlier. */
const waitSeconds = 600;

/** Runs the project's compose.yaml and waits until everything in it is well. */
export async function dockerUp(
  project: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  await makeSecrets(project, signal);
  await step(progress, 'Images', () => prepareImages(project, signal));
  await step(progress, 'Starting containers', () => start(project, progress, signal));
}

/** A platform that is deployed in another way has none. */
export function requireComposeFile(project: string): void {
  if (!existsSync(join(project, composePath))) {
    throw refuse({
      what: `There is no ${composePath} here.`,
      where: project,
      why: 'krafter.yaml deploys this platform in another way.',
      next: 'krafter up runs it without Docker.',
    });
  }
}

async function makeSecrets(project: string, signal: AbortSignal): Promise<void> {
  const script = join(project, secretsScript);
  if (!existsSync(script)) return;
  const { exitCode, all } = await execa('bash', [script], {
    reject: false,
    all: true,
    timeout: 60_000,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  if (exitCode === 0) return;
  throw obstacle({
    what: `${secretsScript} failed.`,
    where: script,
    why: all,
    next: `Run it yourself: ${secretsScript}`,
  });
}

async function prepareImages(project: string, signal: AbortSignal): Promise<void> {
  const options = { signal, timeoutMs: 1_800_000 };
  for (const args of [
    ['pull', '--quiet', '--policy', 'missing', '--ignore-buildable'],
    ['build', '--quiet'],
  ]) {
    const output = await compose(project, args, options);
    if (output.exitCode === 0) continue;
    throw obstacle({
      what: `The images could not be ${args[0] === 'pull' ? 'pulled' : 'built'}.`,
      where: join(project, composePath),
      why: errorLines(output),
      next: `See it yourself: docker compose ${args.join(' ')}`,
    });
  }
}

async function start(project: string, progress: Progress, signal: AbortSignal): Promise<void> {
  const services = (await compose(project, ['config', '--services'])).text.split('\n');
  const told = new Set<string>();
  const onLine = (line: string) => {
    const text = reached(line, services);
    if (!text || told.has(text)) return;
    told.add(text);
    progress({ kind: 'note', text });
  };
  const output = await compose(
    project,
    ['up', '--detach', '--no-build', '--wait', '--wait-timeout', String(waitSeconds)],
    { signal, timeoutMs: (waitSeconds + 60) * 1000, onLine },
  );
  if (output.exitCode === 0) return;
  throw await failure(project, output);
}

/** Of ` Container shop-broker-1-1 Healthy`: what a person waits for. */
function reached(line: string, services: readonly string[]): string | undefined {
  const match = /^\s*Container (\S+)-1\s+(Healthy|Exited)\s*$/.exec(line);
  const service = services.find((name) => match?.[1]?.endsWith(`-${name}`));
  if (!match || !service) return undefined;
  return match[2] === 'Healthy' ? `${service} is healthy` : `${service} is done`;
}

/** The container that failed, in its own last words; else what Compose said. */
async function failure(project: string, output: Output) {
  const containers = await listContainers(project);
  const culprit =
    containers.find(({ State, ExitCode }) => State === 'restarting' || ExitCode > 0) ??
    containers.find(({ Health }) => Health === 'unhealthy');
  if (!culprit) {
    return obstacle({
      what: 'docker compose up failed.',
      where: join(project, composePath),
      why: errorLines(output),
      next: 'See what there is: docker compose ps --all',
    });
  }
  const { Service: service } = culprit;
  const logs = await compose(project, ['logs', '--no-log-prefix', '--tail', '200', service]);
  return obstacle({
    what: `${service} ${fate(culprit)}.`,
    where: `docker compose logs ${service}`,
    why: reasonIn(logs.lines.join('\n')) || logs.lines.slice(-8).join('\n'),
    next: 'Mend what it names, then run this again.',
  });
}

function fate({ State, ExitCode }: { State: string; ExitCode: number }): string {
  switch (State) {
    case 'running':
      return 'runs, but is not healthy';
    case 'restarting':
      return 'ends as often as it is started';
    default:
      return `ended with exit code ${ExitCode}`;
  }
}

/** Without the lines that only tell how far each container was. */
const errorLines = ({ lines }: Output): string =>
  lines
    .filter((line) => !/^\s*(Container|Network|Volume|Image) \S+\s+\w+\s*$/.test(line))
    .slice(-4)
    .join('\n');
