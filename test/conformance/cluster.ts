import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AclOperations,
  AclPermissionTypes,
  type Admin,
  ResourcePatternTypes,
  ResourceTypes,
} from '@platformatic/kafka';
import { openProject } from '../../src/cli/project.ts';
import { type ClusterAccess, withAdmin } from '../../src/cluster/connect.ts';
import { clusterHealth } from '../../src/cluster/observe.ts';
import { projectAccess } from '../../src/engine/access.ts';
import { contextOf } from '../../src/engine/native/control.ts';
import { nativeDown } from '../../src/engine/native/down.ts';
import { startNode } from '../../src/engine/native/nodes.ts';
import { readEnv } from '../../src/engine/native/secrets.ts';
import { nativeUp } from '../../src/engine/native/up.ts';
import { isRunning, killAll, signal as signalProcess } from '../../src/engine/processes.ts';
import { type Platform, passwordVariable } from '../../src/model/platform.ts';
import { mustRun } from '../support/krafter.ts';
import { eventually } from './eventually.ts';

/** Three secured brokers without applications; every topic of a check begins with this. */
export const prefix = 'conformance.';

export type Cluster = {
  readonly bootstrap: string;
  readonly caFile: string;
  readonly admin: ClusterAccess;
  /** The user that may write, and the one that may read and write, topics with the prefix. */
  readonly producer: Credentials;
  readonly consumer: Credentials;
  /** One that exists, and that neither of them may touch. */
  readonly foreignTopic: string;
  readonly createTopic: (name: string, partitions?: number) => Promise<void>;
  readonly brokers: readonly string[];
  readonly kill: (...brokers: string[]) => Promise<void>;
  readonly start: (...brokers: string[]) => Promise<void>;
  /** All of them. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly allInSync: () => Promise<void>;
  /** Starts the brokers again that do not run, and tells what they said last. */
  readonly mend: () => Promise<string[]>;
  readonly end: () => Promise<void>;
};

type Credentials = { readonly username: string; readonly password: string };

/** The platform as `krafter new --tier 2` makes it, booted natively. */
export async function startCluster(): Promise<Cluster> {
  const parent = mkdtempSync(join(tmpdir(), 'krafter-conformance-'));
  const project = join(parent, 'shop');
  const quiet = () => undefined;
  const end = async () => {
    await nativeDown(project, quiet, { volumes: true });
    rmSync(parent, { recursive: true, force: true });
  };
  try {
    await mustRun(['new', project, '--tier', '2', '--monitoring', 'none', '--yes']);
    const { platform } = openProject(project);
    // A time-out's would keep this process alive until it is over.
    const { signal } = new AbortController();
    const state = await nativeUp(project, platform, {
      progress: quiet,
      signal,
      withApplications: false,
    });
    // Not `up` again, which would take back the rights that are given below.
    const context = await contextOf(project, platform, state, signal);
    const admin = await projectAccess(project, platform);
    const ca = admin?.tls?.ca;
    if (!admin || !ca || !('file' in ca)) throw new Error('the platform is not secured');
    const [writer, reader] = platform.application.services;
    await allow(admin, [
      [writer.name, ResourceTypes.TOPIC, AclOperations.WRITE],
      [reader.name, ResourceTypes.TOPIC, AclOperations.READ],
      [reader.name, ResourceTypes.TOPIC, AclOperations.WRITE],
      [reader.name, ResourceTypes.GROUP, AclOperations.READ],
      [reader.name, ResourceTypes.TRANSACTIONAL_ID, AclOperations.WRITE],
      [reader.name, ResourceTypes.TRANSACTIONAL_ID, AclOperations.DESCRIBE],
    ]);
    const processOf = (name: string) => {
      const process = state.nodes.find((node) => node.name === name)?.process;
      if (!process) throw new Error(`${name} does not run`);
      return process;
    };
    const start = async (...brokers: string[]) => {
      for (const node of state.nodes)
        if (brokers.includes(node.name)) node.process = await startNode(context, node);
    };
    const signalAll = (name: NodeJS.Signals) => {
      for (const node of state.nodes) if (node.process) signalProcess(node.process, name);
    };
    const createTopic = (name: string, partitions = 6) =>
      withAdmin(admin, async (client) => {
        await client.createTopics({ topics: [name], partitions, replicas: -1 });
      });
    const foreignTopic = 'payroll.salaries.v1';
    await createTopic(foreignTopic, 1);
    return {
      foreignTopic,
      createTopic,
      bootstrap: admin.bootstrap.join(','),
      caFile: ca.file,
      admin,
      producer: credentials(project, writer.name),
      consumer: credentials(project, reader.name),
      brokers: state.nodes.map(({ name }) => name),
      kill: (...brokers) => killAll(brokers.map(processOf)),
      start,
      pause: () => signalAll('SIGSTOP'),
      resume: () => signalAll('SIGCONT'),
      allInSync: () => waitUntilInSync(admin, platform),
      async mend() {
        signalAll('SIGCONT');
        const dead = state.nodes.filter(({ process }) => !process || !isRunning(process));
        const words = dead.map(
          ({ name, log }) => `${name}: ${readFileSync(log, 'utf8').slice(-1500)}`,
        );
        await start(...dead.map(({ name }) => name));
        await waitUntilInSync(admin, platform);
        return words;
      },
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

const credentials = (project: string, username: string): Credentials => ({
  username,
  password: readEnv(project)[passwordVariable(username)] ?? '',
});

type Right = readonly [user: string, resource: number, operation: number];

const allow = (access: ClusterAccess, rights: readonly Right[]): Promise<void> =>
  withAdmin(access, async (admin) => {
    await admin.createAcls({
      creations: rights.map(([user, resourceType, operation]) => ({
        resourceType,
        resourceName: prefix,
        resourcePatternType: ResourcePatternTypes.PREFIXED,
        principal: `User:${user}`,
        host: '*',
        operation,
        permissionType: AclPermissionTypes.ALLOW,
      })) as Parameters<Admin['createAcls']>[0]['creations'],
    });
  });

const waitUntilInSync = (access: ClusterAccess, platform: Platform): Promise<void> =>
  eventually('all replicas in sync', 120_000, async () => {
    const { brokers, underReplicated } = await clusterHealth(access);
    return brokers.length === platform.clusters[0].nodes.length && underReplicated.length === 0;
  });
