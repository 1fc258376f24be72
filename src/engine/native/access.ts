import { join } from 'node:path';
import { secretsFolder } from '../../artifacts/security/index.ts';
import type { ClusterAccess } from '../../cluster/connect.ts';
import { brokersOf, isSecured, type Platform, passwordVariable } from '../../model/platform.ts';
import type { RunState } from '../run-state.ts';

/** How to reach the running brokers, as the administrator unless another user is named. */
export function nativeAccess(
  project: string,
  platform: Platform,
  state: RunState,
  secrets: Readonly<Record<string, string>>,
  user = 'admin',
): ClusterAccess {
  const brokers = new Set(brokersOf(platform.clusters[0]).map(({ name }) => name));
  const bootstrap = state.nodes
    .filter(({ name }) => brokers.has(name))
    .map(({ ports }) => `localhost:${ports.CLIENT}`);
  return {
    bootstrap,
    ...(isSecured(platform)
      ? {
          security: {
            caFile: join(project, secretsFolder, 'ca.pem'),
            username: user,
            password: secrets[passwordVariable(user)] ?? '',
          },
        }
      : {}),
  };
}
