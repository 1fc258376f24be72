import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Platform } from '../../model/platform.ts';
import type { ProcessId } from '../processes.ts';
import type { RunState } from '../run-state.ts';

/** Prometheus of this machine, if it has one. */
export function prometheusPath(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'prometheus'))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

export async function startPrometheus(
  _project: string,
  _platform: Platform,
  _state: RunState,
  _binary: string,
): Promise<ProcessId> {
  throw new Error('not yet');
}
