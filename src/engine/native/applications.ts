import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { serviceEnvironment, servicePassword } from '../../artifacts/apps/environment.ts';
import { applicationFolder, kitOf, runtimeOf } from '../../artifacts/apps/index.ts';
import { secretsFolder } from '../../artifacts/security/index.ts';
import { versions } from '../../catalog/versions.ts';
import { obstacle } from '../../errors.ts';
import type { Platform, Service } from '../../model/platform.ts';
import { isRunning, launch, type ProcessId } from '../processes.ts';
import { type NodeRun, type ServiceRun, scratchFolder, workFolder } from '../run-state.ts';
import { cacheFolder } from './cache.ts';
import { findJava } from './java.ts';
import { requireRunning } from './nodes.ts';
import { projectVariable } from './strays.ts';

/** What runs a part of the application here, with its dependencies installed. */
export type Runner = {
  /** The words before a part's own. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly env: Readonly<Record<string, string>>;
};

export async function prepareRuntime(
  project: string,
  platform: Platform,
  signal: AbortSignal,
): Promise<Runner> {
  const app = join(project, applicationFolder);
  const scratch = scratchFolder(project);
  mkdirSync(scratch, { recursive: true });
  const { command, env } = await build();
  return { command, env: { ...env, TMPDIR: scratch } };

  function build(): Promise<Runner> {
    switch (kitOf(platform).runtime) {
      case 'python':
        return preparePython(app, signal);
      case 'node':
        return prepareNode(app, signal);
      case 'go':
        return prepareGo(project, app, signal);
      case 'java':
        return prepareJava(platform, app, scratch, signal);
    }
  }
}

/** Says what the application lacks here before anything is started for it. */
export async function requireInterpreter(platform: Platform): Promise<void> {
  switch (kitOf(platform).runtime) {
    case 'python':
      await findPython();
      return;
    case 'go':
      await findGo();
      return;
    case 'java':
      await requireCompiler();
      return;
    // krafter itself runs on it.
    case 'node':
      return;
  }
}

/** The file that pins what the application needs. */
const pinnedFile = (project: string, platform: Platform): string =>
  join(project, applicationFolder, runtimeOf(platform).pinned);

/** Refuses a project without it, before anything is started. */
export function requirePinned(project: string, platform: Platform): void {
  readPinned(pinnedFile(project, platform));
}

/** A virtual environment per set of pinned requirements, shared by projects; the app itself by path. */
async function preparePython(app: string, signal: AbortSignal): Promise<Runner> {
  const requirements = join(app, 'requirements.lock');
  const pinned = readPinned(requirements);
  const python = await findPython();
  const key = createHash('sha256').update(pinned).update(python.version).digest('hex').slice(0, 16);
  const home = join(cacheFolder(), `python-${key}`);
  if (!existsSync(join(home, 'complete'))) {
    rmSync(home, { recursive: true, force: true });
    mkdirSync(cacheFolder(), { recursive: true });
    await run(python.command, ['-m', 'venv', home], signal, {
      what: 'A Python virtual environment could not be made.',
      next: 'Debian or Ubuntu: apt-get install python3-venv',
    });
    await run(
      join(home, 'bin', 'python'),
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
      signal,
      {
        what: "The application's Python packages could not be installed.",
        next: `See the network and pip's configuration: ${join(home, 'bin', 'pip')} install -r ${requirements}`,
      },
    );
    writeFileSync(join(home, 'complete.new'), '');
    renameSync(join(home, 'complete.new'), join(home, 'complete'));
  }
  return {
    command: [join(home, 'bin', 'python')],
    env: { PYTHONPATH: join(app, 'src'), PYTHONDONTWRITEBYTECODE: '1' },
  };
}

function readPinned(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw obstacle(
      {
        what: "The application's list of dependencies can not be read.",
        where: file,
        why: 'Only pinned versions are installed.',
        next: `Bring it back: git checkout -- ${file}`,
      },
      error,
    );
  }
}

async function findPython(): Promise<{ command: string; version: string }> {
  const result = await execa(
    'python3',
    ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3]); import venv, ensurepip'],
    { reject: false, timeout: 20_000 },
  );
  const version = /^[0-9.]+$/m.exec(result.stdout ?? '')?.[0];
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = versions.python.minimum.split('.').map(Number);
  const isNew = major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  if (version && isNew && result.exitCode === 0) return { command: 'python3', version };
  throw obstacle({
    what: !version
      ? 'Python was not found.'
      : isNew
        ? `Python ${version} can not make virtual environments.`
        : `Python ${version} is too old.`,
    why: isNew
      ? 'Its modules venv and ensurepip are missing.'
      : `The application needs Python ${versions.python.minimum} or newer.`,
    next: 'Debian or Ubuntu: apt-get install python3 python3-venv',
  });
}

async function prepareNode(app: string, signal: AbortSignal): Promise<Runner> {
  const lock = readPinned(join(app, 'package-lock.json'));
  const key = createHash('sha256').update(lock).digest('hex');
  const mark = join(app, 'node_modules', '.krafter');
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== key) {
    await run(
      'npm',
      ['ci', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      signal,
      {
        what: "The application's npm packages could not be installed.",
        next: `See the network and npm's configuration: cd ${app} && npm ci`,
      },
      app,
    );
    writeFileSync(mark, key);
  }
  return { command: [process.execPath], env: {} };
}

/** One binary beside what runs; Go's own cache makes the second build quick. */
async function prepareGo(project: string, app: string, signal: AbortSignal): Promise<Runner> {
  const binary = join(workFolder(project), 'run', 'app');
  await run(
    'go',
    ['build', '-trimpath', '-o', binary, './cmd/app'],
    signal,
    {
      what: 'The application could not be built.',
      next: `See it yourself: cd ${app} && go build ./cmd/app`,
    },
    app,
  );
  return { command: [binary], env: {} };
}

/** One jar with everything in it, built anew when a file of the application changed. */
async function prepareJava(
  platform: Platform,
  app: string,
  scratch: string,
  signal: AbortSignal,
): Promise<Runner> {
  const jar = join(app, 'target', `${platform.name}.jar`);
  const mark = join(app, 'target', '.krafter');
  const key = digestOf(app);
  if (!existsSync(jar) || !existsSync(mark) || readFileSync(mark, 'utf8') !== key) {
    await run(
      'mvn',
      ['-q', '-B', '-ntp', '-DskipTests', 'package'],
      signal,
      {
        what: 'The application could not be built.',
        next: `See it yourself: cd ${app} && mvn package`,
      },
      app,
    );
    writeFileSync(mark, key);
  }
  // Java takes no notice of TMPDIR.
  const unpack = `-Djava.io.tmpdir=${scratch}`;
  return { command: [await findJava(), ...laptopFlags, unpack, '-jar', jar], env: {} };
}

/** As for the nodes: small, and quick to start. */
const laptopFlags = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];

/** Of the application's sources, without what is built from them. */
function digestOf(app: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(app, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() || relative(app, file).startsWith('target')) continue;
    hash.update(relative(app, file)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Kafka needs a runtime only; an application is compiled. */
async function requireCompiler(): Promise<void> {
  const { exitCode } = await execa('javac', ['-version'], { reject: false, timeout: 20_000 });
  if (exitCode === 0) return;
  throw obstacle({
    what: 'There is a Java runtime here, but no compiler.',
    why: 'The application is built with Maven, which needs a JDK.',
    next: `Debian or Ubuntu: apt-get install openjdk-${versions.java.minimum}-jdk-headless`,
  });
}

async function findGo(): Promise<void> {
  const result = await execa('go', ['env', 'GOVERSION'], { reject: false, timeout: 20_000 });
  const version = /^go(\d+)\.(\d+)/.exec(result.stdout ?? '');
  const [, major = 0, minor = 0] = version?.map(Number) ?? [];
  const [wantedMajor = 0, wantedMinor = 0] = versions.go.minimum.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw obstacle({
    what: version ? `Go ${major}.${minor} is too old.` : 'Go was not found.',
    why: `The application is built with Go ${versions.go.minimum} or newer.`,
    next: 'Install it from https://go.dev/doc/install, and have its bin folder in PATH.',
  });
}

async function run(
  command: string,
  args: readonly string[],
  signal: AbortSignal,
  trouble: { what: string; next: string },
  cwd?: string,
): Promise<void> {
  const result = await execa(command, args, {
    reject: false,
    all: true,
    cancelSignal: signal,
    timeout: 600_000,
    ...(cwd ? { cwd } : {}),
  });
  signal.throwIfAborted();
  if (result.exitCode === 0) return;
  const lines = (result.all ?? result.shortMessage ?? '').trim().split('\n');
  throw obstacle({ ...trouble, why: lines.slice(-4).join('\n') });
}

export type ServiceContext = {
  readonly project: string;
  readonly platform: Platform;
  readonly runner: Runner;
  readonly bootstrapServers: string;
  readonly secrets: Readonly<Record<string, string>>;
};

export function startService(
  context: ServiceContext,
  service: Service,
  run: ServiceRun,
  extra: Readonly<Record<string, string>> = {},
): Promise<ProcessId> {
  const { project, platform, runner } = context;
  const [program, ...words] = runner.command;
  const data = join(workFolder(project), 'data', service.name);
  mkdirSync(data, { recursive: true });
  const password = servicePassword(platform, service);
  return launch({
    command: program,
    args: [...words, ...kitOf(platform).commands[service.role]],
    cwd: join(project, applicationFolder),
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LANG: process.env.LANG,
      [projectVariable]: project,
      ...runner.env,
      ...serviceEnvironment(platform, service, {
        bootstrapServers: context.bootstrapServers,
        caFile: join(project, secretsFolder, 'ca.pem'),
        httpHost: '127.0.0.1',
        httpPort: run.port,
        databaseUrl: `sqlite:///${join(data, 'store.db')}`,
      }),
      ...(password ? { KAFKA_SASL_PASSWORD: context.secrets[password] } : {}),
      ...extra,
    },
    log: run.log,
  });
}

/** Waits for `/health/ready`; a service that ends says why, and so does a node that it needs. */
export async function waitForService(
  run: ServiceRun,
  nodes: readonly NodeRun[],
  signal: AbortSignal,
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let last = 'no answer yet';
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    for (const node of nodes) requireRunning(node);
    if (run.process && !isRunning(run.process)) {
      throw obstacle({
        what: `${run.name} ended while it started.`,
        where: run.log,
        why: lastLogLine(run.log),
        next: 'Mend what it names, then run `krafter up` again.',
      });
    }
    try {
      const response = await fetch(`http://127.0.0.1:${run.port}/health/ready`, {
        signal: AbortSignal.timeout(2000),
      });
      if (response.ok) return;
      last = (await response.text()).slice(0, 200);
    } catch {
      last = 'no answer yet';
    }
    await sleep(150, undefined, { signal });
  }
  throw obstacle({
    what: `${run.name} was not ready after ${timeoutMs / 1000} s: ${last}`,
    where: run.log,
    next: 'Its log says more.',
  });
}

/** The message of the last JSON log line, or the line itself. */
function lastLogLine(log: string): string {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  const last = lines.at(-1) ?? '';
  try {
    return String((JSON.parse(last) as { message?: string }).message ?? last);
  } catch {
    return last.slice(0, 300);
  }
}
