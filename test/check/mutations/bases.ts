/**
 * Projects without a finding: what krafter generates, made in memory, and folders of `bases/` for what
 * it does not generate. `order.avsc.before` is what order.avsc was at the last commit.
 */
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectArtifacts } from '../../../src/artifacts/index.ts';
import type { Answers } from '../../../src/blueprint/draft.ts';
import { buildPlatform } from '../../../src/model/build.ts';
import { draft } from '../../blueprint/drafts.ts';

const generated = {
  'compose, SCRAM, Python': {
    tier: 2,
    deploy: 'compose',
    security: 'scram',
    monitoring: 'grafana',
    useCase: 'cdc',
    language: 'python',
    client: 'confluent-kafka',
  },
  'compose, plain, Spring': {
    tier: 2,
    deploy: 'compose',
    security: 'none',
    monitoring: 'prometheus',
    useCase: 'microservices',
    language: 'java',
    client: 'spring-kafka',
  },
  'compose, one broker, Go': {
    tier: 1,
    deploy: 'compose',
    security: 'none',
    monitoring: 'none',
    useCase: 'streaming',
    language: 'go',
    client: 'franz-go',
  },
  'machines, SCRAM, Java': {
    tier: 2,
    deploy: 'bare-metal',
    security: 'scram',
    monitoring: 'prometheus',
    useCase: 'logs',
    language: 'java',
    client: 'kafka-clients',
  },
  'machines, one broker, Node.js': {
    tier: 1,
    deploy: 'bare-metal',
    security: 'none',
    monitoring: 'none',
    useCase: 'agents',
    language: 'node',
    client: 'platformatic-kafka',
  },
  'machines, SCRAM, aiokafka': {
    tier: 2,
    deploy: 'bare-metal',
    security: 'scram',
    monitoring: 'none',
    useCase: 'streaming',
    language: 'python',
    client: 'aiokafka',
  },
  'compose, one broker, kafkajs': {
    tier: 1,
    deploy: 'compose',
    security: 'none',
    monitoring: 'none',
    useCase: 'streaming',
    language: 'node',
    client: 'kafkajs',
  },
  'compose, one broker, confluent-kafka-go': {
    tier: 1,
    deploy: 'compose',
    security: 'none',
    monitoring: 'none',
    useCase: 'streaming',
    language: 'go',
    client: 'confluent-kafka-go',
  },
  'compose, one broker, kafka-go': {
    tier: 1,
    deploy: 'compose',
    security: 'none',
    monitoring: 'none',
    useCase: 'streaming',
    language: 'go',
    client: 'kafka-go',
  },
  'compose, SCRAM, confluent-kafka-javascript': {
    tier: 2,
    deploy: 'compose',
    security: 'scram',
    monitoring: 'none',
    useCase: 'streaming',
    language: 'node',
    client: 'confluent-kafka-javascript',
  },
} as const satisfies Readonly<Record<string, Partial<Answers>>>;

const written = [
  'connect',
  'debezium',
  'image',
  'images',
  'kubernetes',
  'mirror',
  'monitoring',
  'production',
  'production-compose',
  'quarkus',
  'schemas',
  'services',
  'spring',
  'strimzi',
  'terraform',
] as const;

export type BaseName = keyof typeof generated | (typeof written)[number];

/** Texts by their paths. */
export type Base = ReadonlyMap<string, string>;

export const baseNames = [...(Object.keys(generated) as (keyof typeof generated)[]), ...written];

const made = new Map<BaseName, Base>();

export function baseOf(name: BaseName): Base {
  const base = made.get(name) ?? (isGenerated(name) ? generate(name) : read(name));
  made.set(name, base);
  return base;
}

const isGenerated = (name: BaseName): name is keyof typeof generated => name in generated;

const generate = (name: keyof typeof generated): Base =>
  new Map(
    projectArtifacts(buildPlatform(draft(generated[name]))).map(({ path, content }) => [
      path,
      String(content),
    ]),
  );

function read(name: string): Base {
  const folder = join(import.meta.dirname, 'bases', name);
  const paths = globSync('**/*', { cwd: folder }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
