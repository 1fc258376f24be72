import { join } from 'node:path';
import { secretsFolder } from '../artifacts/security/index.ts';
import type { ClusterAccess } from '../cluster/connect.ts';
import { bootstrapServers, deployedPlacement } from '../model/placement.ts';
import { isSecured, type Platform, passwordVariable } from '../model/platform.ts';
import { nativeBootstrap } from './native/access.ts';
import { readEnv } from './native/secrets.ts';
import { type RunState, readRunState } from './run-state.ts';

/** How to reach the brokers of a running project from this machine. */
export async function projectAccess(
  project: string,
  platform: Platform,
  user = 'admin',
): Promise<ClusterAccess | undefined> {
  const state = readRunState(project);
  return state && accessTo(project, platform, bootstrapOf(platform, state), readEnv(project), user);
}

/** Compose publishes the outside listener; natively each node has a port of its own. */
function bootstrapOf(platform: Platform, state: RunState): readonly string[] {
  switch (state.engine) {
    case 'docker':
      return bootstrapServers(platform.clusters[0], deployedPlacement(platform), 'outside').split(
        ',',
      );
    case 'native':
      return nativeBootstrap(platform, state);
  }
}

/** As the administrator unless another user is named. */
export const accessTo = (
  project: string,
  platform: Platform,
  bootstrap: readonly string[],
  secrets: Readonly<Record<string, string>>,
  user = 'admin',
): ClusterAccess => ({
  bootstrap,
  ...(isSecured(platform)
    ? {
        tls: { ca: { file: join(project, secretsFolder, 'ca.pem') } },
        sasl: {
          mechanism: 'SCRAM-SHA-512',
          username: user,
          password: secrets[passwordVariable(user)] ?? '',
        },
      }
    : {}),
});
