import type { Engine, Running } from '../engine.ts';
import { isRunning, type ProcessId, residentBytes } from '../processes.ts';
import { readRunState } from '../run-state.ts';
import { nativeDown } from './down.ts';
import { nativeUp } from './up.ts';

export const nativeEngine: Engine = {
  name: 'native',
  up: async (project, platform, options) => {
    await nativeUp(project, platform, options);
  },
  down: (project, { progress, volumes }) => nativeDown(project, progress, { volumes }),
  running: async (project) => {
    const state = readRunState(project);
    if (!state) return [];
    const row = (
      kind: Running['kind'],
      name: string,
      endpoint: string,
      { process, log }: { process?: ProcessId | undefined; log: string },
    ): Running => ({
      name,
      kind,
      state: process && isRunning(process) ? 'running' : 'stopped',
      endpoint,
      memoryBytes: process && isRunning(process) ? residentBytes(process) : 0,
      log,
    });
    return [
      ...state.nodes.map((node) => row('node', node.name, `localhost:${node.ports.CLIENT}`, node)),
      ...state.services.map((service) =>
        row('service', service.name, `http://127.0.0.1:${service.port}`, service),
      ),
      ...(state.prometheus?.process
        ? [
            row(
              'monitoring',
              'prometheus',
              `http://127.0.0.1:${state.prometheus.port}`,
              state.prometheus,
            ),
          ]
        : []),
    ];
  },
};
