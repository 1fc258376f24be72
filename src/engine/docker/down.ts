import { obstacle } from '../../errors.ts';
import { compose, requireDocker } from './compose.ts';
import { listContainers } from './status.ts';

/** Ends and removes the project's containers and network; with `volumes`, its data too. */
export async function dockerDown(
  project: string,
  { volumes }: { readonly volumes: boolean },
): Promise<{ readonly ended: number }> {
  await requireDocker();
  const containers = await listContainers(project);
  const { exitCode, lines } = await compose(
    project,
    ['down', '--remove-orphans', ...(volumes ? ['--volumes'] : [])],
    { timeoutMs: 180_000 },
  );
  if (exitCode !== 0) {
    throw obstacle({
      what: 'docker compose down failed.',
      where: project,
      why: lines.slice(-3).join('\n'),
      next: 'See what is left: docker compose ps --all',
    });
  }
  return { ended: containers.filter(({ State }) => State === 'running').length };
}
