import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { execa } from 'execa';
import { projectArtifacts } from '../../../src/artifacts/index.ts';
import { type Answers, draftBlueprint } from '../../../src/blueprint/draft.ts';
import type { ClusterAccess } from '../../../src/cluster/connect.ts';
import { buildPlatform } from '../../../src/model/build.ts';
import {
  brokersOf,
  isSecured,
  type Platform,
  passwordVariable,
} from '../../../src/model/platform.ts';
import { dockerEnvironment } from '../../testbed/docker.ts';

/** Ports of their own, beside whatever else runs on this machine. */
const ports = { outside: 39_092, producer: 38_080, consumer: 38_081, prometheus: 39_090 };

export type ComposeProject = {
  readonly folder: string;
  readonly platform: Platform;
  readonly producerUrl: string;
  readonly consumerUrl: string;
  readonly prometheusUrl: string;
  /** `docker compose ARGUMENT...`; never throws for its exit code. */
  compose(...args: string[]): Promise<{ exitCode: number | undefined; output: string }>;
  /** The outside listeners, as programs of this machine use them. */
  access(user: string): ClusterAccess;
  readonly remove: () => void;
};

/** A project as `krafter new` writes it, small enough for two cores, without its `.env`. */
export function composeProject(
  answers: Pick<Answers, 'tier' | 'security' | 'monitoring'>,
): ComposeProject {
  const blueprint = draftBlueprint({
    name: 'test-shop',
    useCase: 'streaming',
    language: 'python',
    client: 'confluent-kafka',
    deploy: 'compose',
    registry: 'none',
    ...answers,
  });
  const platform = buildPlatform({
    ...blueprint,
    cluster: { ...blueprint.cluster, heap: '384m', externalPort: ports.outside },
    services: blueprint.services.map((service) => ({ ...service, port: ports[service.role] })),
  });
  const folder = mkdtempSync(join(tmpdir(), 'compose-'));
  for (const { path, content, mode } of projectArtifacts(platform)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode });
  }
  writeFileSync(join(folder, overlay), overlayFor(platform));
  const env = { ...dockerEnvironment, COMPOSE_FILE: `compose.yaml:${overlay}` };
  // For the engine, which has no settings but those of the docker command.
  Object.assign(process.env, env);
  const secrets = () => parseEnv(readFileSync(join(folder, '.env'), 'utf8'));
  return {
    folder,
    platform,
    producerUrl: `http://127.0.0.1:${ports.producer}`,
    consumerUrl: `http://127.0.0.1:${ports.consumer}`,
    prometheusUrl: `http://127.0.0.1:${ports.prometheus}`,
    async compose(...args) {
      const { exitCode, all } = await execa('docker', ['compose', ...args], {
        cwd: folder,
        reject: false,
        all: true,
        stdin: 'ignore',
        timeout: 900_000,
        env,
      });
      return { exitCode, output: all };
    },
    access: (user) => ({
      bootstrap: brokersOf(platform.clusters[0]).map(
        (_, index) => `localhost:${ports.outside + index}`,
      ),
      ...(isSecured(platform)
        ? {
            tls: { ca: { file: join(folder, 'security/secrets/ca.pem') } },
            sasl: {
              mechanism: 'SCRAM-SHA-512',
              username: user,
              password: secrets()[passwordVariable(user)] ?? '',
            },
          }
        : {}),
    }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const overlay = 'compose.testbed.yaml';

/** Only what this machine refuses, and ports that others may use. */
function overlayFor(platform: Platform): string {
  const services = [
    ...brokersOf(platform.clusters[0]).map(({ name }) => `  ${name}: { ulimits: !reset null }`),
    ...(platform.monitoring === 'none'
      ? []
      : [`  prometheus: { ports: !override ["127.0.0.1:${ports.prometheus}:9090"] }`]),
    ...(platform.monitoring === 'grafana' ? ['  grafana: { ports: !reset [] }'] : []),
  ];
  return `services:\n${services.join('\n')}\n`;
}

/** What the engine has of a project: containers, networks and volumes. */
export async function leftOver(platform: Platform): Promise<string[]> {
  const label = `label=com.docker.compose.project=${platform.name}`;
  const lists = await Promise.all(
    [
      ['ps', '--all', '--quiet', '--filter', label],
      ['network', 'ls', '--quiet', '--filter', label],
      // Those without a name have no label either.
      ['volume', 'ls', '--quiet'],
    ].map((args) => execa('docker', args, { env: dockerEnvironment })),
  );
  return lists.flatMap(({ stdout }) => stdout.split('\n').filter((line) => line !== ''));
}
