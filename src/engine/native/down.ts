import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, stopAll } from '../processes.ts';
import { type Progress, step } from '../progress.ts';
import {
  allProcesses,
  forgetRunState,
  readRunState,
  scratchFolder,
  workFolder,
} from '../run-state.ts';
import { strayProcesses } from './strays.ts';

/** Long enough for a controlled shutdown: each broker hands its leaderships over first. */
const graceMs = 30_000;

export type DownResult = { readonly ended: number; readonly killed: number };

/** Ends exactly what `up` started in this project, also when `up` or the machine crashed in between. */
export async function nativeDown(
  project: string,
  progress: Progress,
  { volumes }: { readonly volumes: boolean },
): Promise<DownResult> {
  const state = readRunState(project);
  const services = state
    ? [...state.services, ...(state.prometheus ? [state.prometheus] : [])]
    : [];
  const clients = services.flatMap(({ process }) => (process ? [process] : []));
  const known = state ? allProcesses(state).filter(isRunning) : [];
  const strays = strayProcesses(project, known);
  const count = known.length + strays.length;
  const killed =
    count === 0
      ? []
      : await step(
          progress,
          `Ending ${count} process${count === 1 ? '' : 'es'}`,
          async () => {
            // Clients first, so that they can commit and leave their group.
            const first = await stopAll(clients, 12_000);
            const rest = known.filter((process_) => !clients.includes(process_));
            return [...first, ...(await stopAll([...rest, ...strays], graceMs))];
          },
          (result, seconds) =>
            `${count} process${count === 1 ? '' : 'es'} ended${result.length > 0 ? `, ${result.length} by force` : ''}: ${seconds.toFixed(1)} s`,
        );
  forgetRunState(project);
  rmSync(scratchFolder(project), { recursive: true, force: true });
  if (volumes) {
    for (const folder of ['data', 'run', 'logs']) {
      rmSync(join(workFolder(project), folder), { recursive: true, force: true });
    }
  }
  return { ended: count, killed: killed.length };
}
