import type { ClusterAccess } from '../cluster/connect.ts';
import type { Platform } from '../model/platform.ts';
import { nativeAccess } from './native/access.ts';
import { readEnv } from './native/secrets.ts';
import { readRunState } from './run-state.ts';

/** How to reach the brokers of a running project from this machine. */
export async function projectAccess(
  project: string,
  platform: Platform,
  user = 'admin',
): Promise<ClusterAccess | undefined> {
  const state = readRunState(project);
  if (!state) return undefined;
  return nativeAccess(project, platform, state, readEnv(project), user);
}
