import { spawnSync } from 'node:child_process';

/** Without git, nobody can commit from here. Its own configuration of the folder starts no program. */
export const isTracked = (root: string, path: string): boolean =>
  spawnSync(
    'git',
    ['-C', root, '-c', 'core.fsmonitor=false', 'ls-files', '--error-unmatch', '--', path],
    { stdio: 'ignore', timeout: 5_000 },
  ).status === 0;
