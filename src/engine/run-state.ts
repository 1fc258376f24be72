import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { obstacle } from '../errors.ts';

const processId = z.object({ pid: z.int(), startedAt: z.string() });
const port = z.int();

const nodeRun = z.object({
  id: z.int(),
  name: z.string(),
  process: processId.optional(),
  ports: z.record(z.string(), port),
  exporterPort: port,
  config: z.string(),
  dataDirectory: z.string(),
  log: z.string(),
});

const serviceRun = z.object({
  name: z.string(),
  role: z.enum(['producer', 'consumer']),
  process: processId.optional(),
  port,
  log: z.string(),
});

const runStateSchema = z.object({
  version: z.literal(1),
  engine: z.enum(['native', 'docker']),
  startedAt: z.string(),
  nodes: z.array(nodeRun),
  services: z.array(serviceRun),
  prometheus: z.object({ process: processId.optional(), port, log: z.string() }).optional(),
});

/** What `up` started, written down before and after each start, so that `down` ends exactly that. */
export type RunState = z.infer<typeof runStateSchema>;
export type NodeRun = RunState['nodes'][number];
export type ServiceRun = RunState['services'][number];

export const workFolder = (project: string): string => join(project, '.krafter');

/** For what programs unpack while they run, and leave behind when they are killed. */
export const scratchFolder = (project: string): string => join(workFolder(project), 'tmp');
const stateFile = (project: string): string => join(workFolder(project), 'run.json');

export function readRunState(project: string): RunState | undefined {
  let text: string;
  try {
    text = readFileSync(stateFile(project), 'utf8');
  } catch {
    return undefined;
  }
  try {
    return runStateSchema.parse(JSON.parse(text));
  } catch (error) {
    throw obstacle(
      {
        what: 'The record of what is running here is damaged.',
        where: stateFile(project),
        why: 'krafter ends only what it knows to be its own.',
        next: `End leftovers by hand (ps -ef | grep kafka.Kafka), then remove ${stateFile(project)}.`,
      },
      error,
    );
  }
}

export function writeRunState(project: string, state: RunState): void {
  const file = stateFile(project);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export const forgetRunState = (project: string): void =>
  rmSync(stateFile(project), { force: true });

export const allProcesses = (state: RunState) =>
  [...state.services, ...state.nodes, ...(state.prometheus ? [state.prometheus] : [])].flatMap(
    ({ process }) => (process ? [process] : []),
  );
