import { execa } from 'execa';
import { z } from 'zod';
import { obstacle } from '../../errors.ts';
import { compose } from './compose.ts';

/** A container of the project. */
export type Container = {
  readonly id: string;
  readonly service: string;
  readonly state: string;
  /** Empty without a health check. */
  readonly health: string;
  readonly exitCode: number;
  readonly memoryBytes: number;
};

const listed = z.object({
  ID: z.string(),
  Service: z.string(),
  State: z.string(),
  Health: z.string(),
  ExitCode: z.int(),
});

/** All containers of the project, the ended ones too, with the memory that they hold. */
export async function dockerStatus(project: string): Promise<readonly Container[]> {
  const containers = await listContainers(project);
  const memory = await memoryOf(containers.filter(({ State }) => State === 'running'));
  return containers.map(({ ID, Service, State, Health, ExitCode }) => ({
    id: ID,
    service: Service,
    state: State,
    health: Health,
    exitCode: ExitCode,
    memoryBytes: memory.get(ID) ?? 0,
  }));
}

export async function listContainers(project: string): Promise<z.infer<typeof listed>[]> {
  const { exitCode, text, lines } = await compose(project, ['ps', '--all', '--format', 'json']);
  if (exitCode !== 0) {
    throw obstacle({
      what: 'docker compose could not tell what runs.',
      where: project,
      why: lines.slice(-3).join('\n'),
      next: 'See it yourself: docker compose ps --all',
    });
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => listed.parse(JSON.parse(line)));
}

async function memoryOf(running: readonly { ID: string }[]): Promise<ReadonlyMap<string, number>> {
  if (running.length === 0) return new Map();
  const ids = running.map(({ ID }) => ID);
  const { stdout } = await execa(
    'docker',
    ['stats', '--no-stream', '--no-trunc', '--format', '{{.ID}} {{.MemUsage}}', ...ids],
    { reject: false, timeout: 30_000 },
  );
  const used = new Map(
    stdout
      .split('\n')
      .map((line) => line.split(' '))
      .map(([id = '', usage = '']) => [id, bytes(usage)]),
  );
  // Compose and the engine shorten ids differently.
  return new Map(ids.map((id) => [id, [...used].find(([long]) => long.startsWith(id))?.[1] ?? 0]));
}

const units: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** Of `362.4MiB`. */
function bytes(text: string): number {
  const match = /^([0-9.]+)(\w+)$/.exec(text);
  return match ? Math.round(Number(match[1]) * (units[match[2] ?? ''] ?? 0)) : 0;
}
