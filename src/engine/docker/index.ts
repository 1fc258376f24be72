import { monitoringUrls } from '../../artifacts/compose/monitoring.ts';
import { deployedPlacement } from '../../model/placement.ts';
import type { Platform } from '../../model/platform.ts';
import type { Engine, Running } from '../engine.ts';
import { step } from '../progress.ts';
import { forgetRunState, writeRunState } from '../run-state.ts';
import { requireDocker } from './compose.ts';
import { dockerDown } from './down.ts';
import { dockerStatus } from './status.ts';
import { dockerUp, requireComposeFile } from './up.ts';

export const dockerEngine: Engine = {
  name: 'docker',
  up: async (project, _platform, { progress, signal }) => {
    requireComposeFile(project);
    await requireDocker();
    // Before anything starts, so that `down` knows whom to ask also after a crash.
    writeRunState(project, {
      version: 1,
      engine: 'docker',
      startedAt: new Date().toISOString(),
      nodes: [],
      services: [],
    });
    await dockerUp(project, progress, signal);
  },
  down: async (project, { progress, volumes }) => {
    const result = await step(progress, 'Ending the containers', () =>
      dockerDown(project, { volumes }),
    );
    forgetRunState(project);
    return result;
  },
  running: async (project, platform) => {
    await requireDocker();
    const containers = await dockerStatus(project);
    return rows(platform).flatMap((row): Running[] => {
      const container = containers.find(({ service }) => service === row.name);
      if (!container) return [];
      return [
        {
          ...row,
          state: container.state === 'running' ? 'running' : 'stopped',
          memoryBytes: container.memoryBytes,
          log: `docker compose logs ${row.name}`,
        },
      ];
    });
  },
};

/** What stays up, in the order in which a person looks for it. */
function rows(platform: Platform): Pick<Running, 'name' | 'kind' | 'endpoint'>[] {
  return [
    ...deployedPlacement(platform).map(({ node, advertised }) => ({
      name: node.name,
      kind: 'node' as const,
      endpoint: `${advertised.EXTERNAL.host}:${advertised.EXTERNAL.port}`,
    })),
    ...platform.application.services.map(({ name, port }) => ({
      name,
      kind: 'service' as const,
      endpoint: `http://127.0.0.1:${port}`,
    })),
    ...Object.entries(monitoringUrls(platform)).map(([name, endpoint]) => ({
      name,
      kind: 'monitoring' as const,
      endpoint,
    })),
  ];
}
