import { execa } from 'execa';
import { obstacle } from '../../errors.ts';

/** Of Compose: it knows `start_interval` and `pull --policy`; it came with Docker 25. */
const oldestCompose = [2, 24] as const;

export type Output = {
  readonly exitCode: number | undefined;
  /** Standard output. */
  readonly text: string;
  /** Both streams, without what only moves the cursor. */
  readonly lines: readonly string[];
};

export type CallOptions = {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** Each line of both streams, as it comes. */
  readonly onLine?: (line: string) => void;
  /** Standard input; nothing by default. */
  readonly input?: string;
};

/** `docker compose ARGUMENT...` in a project's folder; never throws for its exit code. */
export async function compose(
  project: string,
  args: readonly string[],
  { signal, timeoutMs = 60_000, onLine, input }: CallOptions = {},
): Promise<Output> {
  const call = execa('docker', ['compose', '--progress', 'plain', ...args], {
    cwd: project,
    reject: false,
    all: true,
    timeout: timeoutMs,
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    ...(signal ? { cancelSignal: signal } : {}),
  });
  if (onLine) for await (const line of call.iterable({ from: 'all' })) onLine(line);
  const result = await call;
  signal?.throwIfAborted();
  return {
    exitCode: result.exitCode,
    text: result.stdout,
    lines: result.all.split('\n').filter((line) => line.trim() !== ''),
  };
}

const withoutDocker = 'Or run the project without Docker: krafter up';

/** Stops with the reason why Docker can't be used here, if there is one. */
export async function requireDocker(answerMs = 5000): Promise<void> {
  await requireDaemon(answerMs);
  await requireCompose(answerMs);
}

async function requireDaemon(answerMs: number): Promise<void> {
  const result = await execa('docker', ['version', '--format', '{{.Server.Version}}'], {
    reject: false,
    timeout: answerMs,
    forceKillAfterDelay: 500,
  });
  if (result.exitCode === 0) return;
  const context = { why: lastLine(result.stderr), where: process.env.DOCKER_HOST };
  const where = context.where === undefined ? {} : { where: context.where };
  if (result.code === 'ENOENT') {
    throw obstacle({
      what: 'Docker was not found.',
      why: 'There is no program docker in PATH.',
      next: `Install Docker Engine with the Compose plugin, or Docker Desktop. ${withoutDocker}`,
    });
  }
  if (result.timedOut) {
    throw obstacle({
      what: `The Docker daemon did not answer within ${answerMs / 1000} s.`,
      ...where,
      why: 'It accepts connections but hangs, or a firewall swallows them.',
      next: `Restart it: sudo systemctl restart docker. ${withoutDocker}`,
    });
  }
  if (/permission denied/i.test(result.stderr)) {
    throw obstacle({
      what: 'You may not use the Docker daemon of this machine.',
      ...where,
      why: context.why,
      next: `sudo usermod -aG docker $USER, then log in again. ${withoutDocker}`,
    });
  }
  throw obstacle({
    what: 'The Docker daemon is not running.',
    ...where,
    why: context.why,
    next: `Start it: sudo systemctl start docker, or Docker Desktop. ${withoutDocker}`,
  });
}

async function requireCompose(answerMs: number): Promise<void> {
  const result = await execa('docker', ['compose', 'version', '--short'], {
    reject: false,
    timeout: answerMs,
  });
  const [major = 0, minor = 0] = result.stdout?.match(/\d+/g)?.map(Number) ?? [];
  const next = `Install Docker's package docker-compose-plugin. ${withoutDocker}`;
  if (result.exitCode !== 0) {
    throw obstacle({
      what: 'Docker is here, but not its Compose plugin.',
      why: lastLine(result.stderr),
      next,
    });
  }
  if (major < oldestCompose[0] || (major === oldestCompose[0] && minor < oldestCompose[1])) {
    throw obstacle({
      what: `Docker Compose ${result.stdout} is too old.`,
      why: `compose.yaml needs ${oldestCompose.join('.')} or newer.`,
      next,
    });
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
