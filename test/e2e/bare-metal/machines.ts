import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** A throw-away machine under a systemd of its own, beside others on one network. */
export type Machine = {
  readonly host: string;
  /** Runs a command as root there; never throws for its exit code. */
  run(
    command: string,
    input?: string | Uint8Array,
  ): Promise<{ exitCode: number | undefined; output: string }>;
};

export type Network = AsyncDisposable & {
  readonly machines: readonly Machine[];
  /** A folder whose `ssh` reaches the machines; to be put first in PATH. */
  readonly bin: string;
};

/** Why machines can't be booted here; undefined if they can. */
export async function obstacleToBoot(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'namespaces and overlays need root';
  const probe =
    'mount -t tmpfs x /mnt && mkdir /mnt/u /mnt/w /mnt/m && mount -t overlay x -o lowerdir=/,upperdir=/mnt/u,workdir=/mnt/w /mnt/m && test -x /lib/systemd/systemd && ip link add probe type bridge';
  const { exitCode, stderr } = await execa('unshare', ['-mn', 'sh', '-c', probe], {
    reject: false,
  });
  return exitCode === 0 ? undefined : `no overlay, systemd or bridge here: ${stderr}`;
}

export async function bootMachines(hosts: readonly string[]): Promise<Network> {
  const folder = mkdtempSync(join(tmpdir(), 'machines-'));
  const hostsFile = join(folder, 'hosts');
  const lines = hosts.map((host, index) => `${address(index)} ${host}`);
  writeFileSync(hostsFile, ['127.0.0.1 localhost', ...lines, ''].join('\n'));
  const end = new AbortController();
  const stopped: Promise<unknown>[] = [];

  /** The first process in new namespaces; all of them end with it. */
  async function inNamespaces(flags: string[], command: string[]): Promise<string> {
    const unshare = execa('unshare', ['--fork', '--kill-child', ...flags, ...command], {
      cancelSignal: end.signal,
      forceKillAfterDelay: 100,
      reject: false,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    stopped.push(unshare);
    for (;;) {
      const children = readFileSync(`/proc/${unshare.pid}/task/${unshare.pid}/children`, 'utf8');
      if (children) return children.trim();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  const hub = await inNamespaces(['--net', '--pid'], ['sleep', 'infinity']);
  const inHub = (...command: string[]) => execa('nsenter', ['-t', hub, '-n', ...command]);
  await inHub('ip', 'link', 'add', 'lan', 'type', 'bridge');
  await inHub('ip', 'link', 'set', 'lan', 'up');

  async function boot(host: string, index: number): Promise<[string, Machine]> {
    const root = join(folder, `root-${index}`);
    mkdirSync(root);
    const script = join(import.meta.dirname, 'boot.sh');
    const pid = await inNamespaces(
      ['--pid', '--mount', '--ipc', '--uts', '--net', '--cgroup', '--propagation', 'private'],
      [script, root, host, hostsFile],
    );
    const port = `port${index}`;
    await inHub('ip', 'link', 'add', port, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', pid);
    await inHub('ip', 'link', 'set', port, 'master', 'lan', 'up');
    const inMachine = (...command: string[]) => execa('nsenter', ['-t', pid, '-n', ...command]);
    await inMachine('ip', 'address', 'add', `${address(index)}/24`, 'dev', 'eth0');
    await inMachine('ip', 'link', 'set', 'eth0', 'up');
    await inMachine('ip', 'link', 'set', 'lo', 'up');
    const machine: Machine = {
      host,
      async run(command, input: string | Uint8Array = '') {
        const { exitCode, all } = await execa(
          'nsenter',
          ['-t', pid, '-a', '-r', '-w', 'env', '-i', 'HOME=/root', path, 'bash', '-c', command],
          { reject: false, all: true, input, timeout: 900_000 },
        );
        return { exitCode, output: all };
      },
    };
    for (;;) {
      const { output } = await machine.run('systemctl is-system-running --wait');
      if (/running|degraded/.test(output)) return [pid, machine];
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  const booted = await Promise.all(hosts.map(boot));
  const cases = booted.map(([pid, { host }]) => `  ${host}) pid=${pid} ;;`);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'ssh'),
    `#!/usr/bin/env bash
# What ssh does with its arguments, for machines that are namespaces: one shell command.
[ "$1" != -n ] || { exec </dev/null; shift; }
case $1 in
${cases.join('\n')}
  *) echo "ssh: no machine $1" >&2; exit 255 ;;
esac
shift
exec nsenter -t "$pid" -a -r -w env -i HOME=/root ${path} bash -c "$*"
`,
  );
  chmodSync(join(bin, 'ssh'), 0o755);
  return {
    machines: booted.map(([, machine]) => machine),
    bin,
    async [Symbol.asyncDispose]() {
      end.abort();
      await Promise.all(stopped);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const address = (index: number): string => `10.0.0.${index + 1}`;
const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
