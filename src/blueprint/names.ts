import { systemFolders } from '../catalog/system-folders.ts';

/** Names that file systems, Docker or the platform itself use for something else. */
const reserved = new Set(
  'con prn aux nul com1 com2 com3 com4 lpt1 lpt2 lpt3 node-modules krafter kafka admin broker localhost default'.split(
    ' ',
  ),
);

/** Why a platform can't be called so, although the name is well formed. */
export function reservedPlatformName(name: string): string | undefined {
  if (reserved.has(name)) {
    return 'Something else already answers to that name on this machine or in the platform.';
  }
  if (systemFolders.has(name)) {
    return `/etc/${name} or /opt/${name} is the system's own on many machines; on bare metal the platform would write into it.`;
  }
  return undefined;
}
