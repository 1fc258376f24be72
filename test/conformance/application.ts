import {
  appendFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { applicationArtifacts, applicationFolder, kitOf } from '../../src/artifacts/apps/index.ts';
import type { Kit } from '../../src/artifacts/apps/kits.ts';
import { draftBlueprint } from '../../src/blueprint/draft.ts';
import { type ClientId, clients, type UseCaseId } from '../../src/catalog/choices.ts';
import type { ApplicationEvent } from '../../src/drills/http.ts';
import { prepareRuntime } from '../../src/engine/native/applications.ts';
import { identify, residentBytes } from '../../src/engine/processes.ts';
import { buildPlatform } from '../../src/model/build.ts';
import { freePorts } from '../e2e/monitoring/loopback-cluster.ts';
import { eventually } from './eventually.ts';

export type Environment = Readonly<Record<string, string>>;
type LogLine = Readonly<Record<string, unknown>>;
export type Part = keyof Kit['commands'];

/** A kit's application, generated and built with its own tool. */
export type Application = {
  readonly client: ClientId;
  readonly folder: string;
  readonly has: (part: Part) => boolean;
  /** A service that goes on until it is ended. */
  readonly start: (part: Part, environment: Environment) => Promise<Service>;
  /** A tool, to its end. */
  readonly run: (
    part: Part,
    args: readonly string[],
    environment?: Environment,
  ) => Promise<{ readonly code: number; readonly output: string; readonly errors: string }>;
  /** Events from the kit's own generator. */
  readonly events: (count: number, seed: number) => Promise<ApplicationEvent[]>;
  /** What services said last, of those that were started since `endAll`. */
  readonly lastWords: () => string;
  readonly endAll: () => Promise<void>;
};

export type Service = {
  readonly url: string;
  readonly pid: number;
  /** Resolved when it answers that it is ready. */
  readonly ready: (timeoutMs?: number) => Promise<void>;
  /** Resolved when it answers at all. */
  readonly answers: (timeoutMs?: number) => Promise<void>;
  readonly health: () => Promise<{ readonly status: number; readonly body: string }>;
  /** Everything that it printed. */
  readonly output: () => string;
  readonly lines: () => LogLine[];
  readonly memoryBytes: () => number;
  /** Ends it and tells its exit code; null when a signal ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
  /** Its exit code, once it ends by itself. */
  readonly exit: (timeoutMs: number) => Promise<number | null>;
  readonly json: <T>(path: string) => Promise<T>;
  readonly post: (event: unknown, headers?: Environment) => Promise<Response>;
};

/** Milliseconds; several JVMs that start side by side on two cores take most of a minute. */
const longestStart = 180_000;

/** Use cases of a client have the same lock file: what was installed for one serves the others. */
function shareNodePackages(client: ClientId, parent: string, app: string): void {
  const installed = globSync(`${client}-*/${applicationFolder}/node_modules`, { cwd: parent });
  const [first] = installed;
  if (first && !existsSync(join(app, 'node_modules')))
    symlinkSync(join(parent, first), join(app, 'node_modules'));
}

export async function buildApplication(
  client: ClientId,
  useCase: UseCaseId,
  parent: string,
): Promise<Application> {
  const language = clients.find(({ id }) => id === client)?.language ?? 'python';
  const platform = buildPlatform(
    draftBlueprint({
      name: 'shop',
      tier: 2,
      useCase,
      language,
      client,
      deploy: 'compose',
      security: 'scram',
      monitoring: 'none',
      registry: 'none',
    }),
  );
  const project = join(parent, `${client}-${useCase}`);
  for (const { path, content, mode } of applicationArtifacts(platform)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), content, { mode });
  }
  shareNodePackages(client, parent, join(project, applicationFolder));
  const runner = await prepareRuntime(project, platform, new AbortController().signal);
  const [program, ...words] = runner.command;
  const { commands } = kitOf(platform);
  const folder = join(project, applicationFolder);
  const running = new Set<Service>();
  const started: { readonly part: Part; readonly log: string }[] = [];
  const base = {
    cwd: folder,
    extendEnv: false,
    reject: false as const,
    stdin: 'ignore' as const,
    // The contract gives a service ten seconds to stop, execa only five.
    forceKillAfterDelay: false as const,
  };
  const environmentOf = (own: Environment): Environment => ({
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    ...runner.env,
    ...own,
  });
  const argumentsOf = (part: Part): readonly string[] => {
    const own = commands[part];
    if (!own) throw new Error(`${client} has no ${part}`);
    return [...words, ...own];
  };
  let starts = 0;

  const run: Application['run'] = async (part, args, own = {}) => {
    const { exitCode, stdout, stderr } = await execa(program, [...argumentsOf(part), ...args], {
      ...base,
      env: environmentOf(own),
      timeout: 180_000,
      maxBuffer: 1e9,
    });
    return { code: exitCode ?? -1, output: stdout, errors: stderr };
  };

  return {
    client,
    folder,
    run,
    has: (part) => commands[part] !== undefined,
    async start(part, own) {
      const [port = 0] = await freePorts(1);
      const log = join(project, `${part}-${starts++}.log`);
      writeFileSync(log, '');
      started.push({ part, log });
      const environment = environmentOf({ HTTP_PORT: String(port), ...own });
      const child = execa(program, argumentsOf(part), {
        ...base,
        env: environment,
        buffer: false,
      });
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => appendFileSync(log, chunk));
      let code: number | null | undefined;
      const ended = child.then(({ exitCode }) => {
        running.delete(service);
        code = exitCode ?? null;
        return code;
      });
      const pid = child.pid as number;
      const url = `http://127.0.0.1:${port}`;
      const get = (path: string) => fetch(`${url}${path}`, { signal: AbortSignal.timeout(10_000) });
      const service: Service = {
        url,
        pid,
        async ready(timeoutMs = longestStart) {
          await eventually(`${client} ${part} ready`, timeoutMs, async () => {
            if (code !== undefined) throw new Error(`it ended with ${code}: ${tail(log)}`);
            return (await get('/health/ready')).ok;
          });
        },
        async answers(timeoutMs = longestStart) {
          await eventually(`${client} ${part} answers`, timeoutMs, async () => {
            if (code !== undefined) throw new Error(`it ended with ${code}: ${tail(log)}`);
            return (await get('/health/live')).ok;
          });
        },
        async health() {
          const response = await get('/health/ready');
          return { status: response.status, body: await response.text() };
        },
        output: () => readFileSync(log, 'utf8'),
        lines: () => parseLines(readFileSync(log, 'utf8')),
        memoryBytes: () => {
          const id = identify(pid);
          return id ? residentBytes(id) : 0;
        },
        async end(signal) {
          child.kill(signal);
          return ended;
        },
        async exit(timeoutMs) {
          await eventually(`${client} ${part} ends`, timeoutMs, () => code !== undefined);
          return ended;
        },
        json: async <T>(path: string) => (await (await get(path)).json()) as T,
        post: (event, headers = {}) =>
          fetch(`${url}/events`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body: typeof event === 'string' ? event : JSON.stringify(event),
            signal: AbortSignal.timeout(60_000),
          }),
      };
      running.add(service);
      return service;
    },
    async events(count, seed) {
      const { code, output, errors } = await run('generate', [
        ...['--print', '--count', String(count), '--seed', String(seed)],
      ]);
      if (code !== 0) throw new Error(`the generator ended with ${code}: ${errors}`);
      return output
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as ApplicationEvent);
    },
    lastWords: () => started.map(({ part, log }) => `${part}:\n${tail(log, 12)}`).join('\n'),
    async endAll() {
      started.length = 0;
      await Promise.all([...running].map((service) => service.end('SIGKILL')));
    },
  };
}

const tail = (log: string, lines = 3): string =>
  readFileSync(log, 'utf8').trim().split('\n').slice(-lines).join('\n');

/** Lines that are no JSON object are kept as `{ notJson }`: the contract forbids them. */
const parseLines = (text: string): LogLine[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      try {
        return JSON.parse(line) as LogLine;
      } catch {
        return { notJson: line };
      }
    });
