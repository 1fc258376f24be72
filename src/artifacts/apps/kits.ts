import type { ClientId } from '../../catalog/choices.ts';
import type { UseCase } from '../../catalog/use-cases/index.ts';
import type { RuntimeId } from './runtimes.ts';

type Domain = UseCase['domain'];

/** The arguments that run a part of the application, after its language's own command. */
type Commands = {
  readonly producer: readonly string[];
  readonly consumer: readonly string[];
  readonly generate: readonly string[];
  /** Dead letters back to their topic. */
  readonly replay: readonly string[];
  /** Absent where the client has no transactions. */
  readonly transformer?: readonly string[];
};

/** A client library's application: a real project under `templates/apps/<id>`. */
export type Kit = {
  readonly id: ClientId;
  readonly runtime: RuntimeId;
  /** The folder name of a domain, in the language's own spelling. */
  readonly domainFolder: (domain: Domain) => string;
  /** Where domain folders lie; those of other use cases are left out. */
  readonly domainRoots: readonly string[];
  /** The one file that names the domain, with `page-views` in the template. */
  readonly binding: string;
  readonly commands: Commands;
  /** Comment that starts a line, by file name or ending, for the line that says who owns it. */
  readonly comments: Readonly<Record<string, string>>;
  /** Endings of files in which a comment right above the code would document it. */
  readonly apart?: readonly string[];
};

const joined = (domain: Domain): string => domain.replaceAll('-', '');
const snake = (domain: Domain): string => domain.replaceAll('-', '_');

/** What the kits of a language have in common. */
const python = {
  runtime: 'python',
  domainFolder: snake,
  domainRoots: ['src/platform_app', 'tests'],
  binding: 'src/platform_app/domain.py',
  commands: {
    producer: ['-m', 'platform_app.producer'],
    consumer: ['-m', 'platform_app.consumer'],
    generate: ['-m', 'platform_app.generate'],
    replay: ['-m', 'platform_app.replay'],
    transformer: ['-m', 'platform_app.transformer'],
  },
  comments: { '.py': '#', '.toml': '#', Dockerfile: '#' },
} as const;

const node = {
  runtime: 'node',
  domainFolder: (domain: Domain): string => domain,
  domainRoots: ['src', 'test'],
  binding: 'src/domain.ts',
  commands: {
    producer: ['src/producer.ts'],
    consumer: ['src/consumer.ts'],
    generate: ['src/generate.ts'],
    replay: ['src/replay.ts'],
    transformer: ['src/transformer.ts'],
  },
  comments: { '.ts': '//', Dockerfile: '#' },
} as const;

const go = {
  runtime: 'go',
  domainFolder: joined,
  domainRoots: ['internal'],
  binding: 'internal/usecase/usecase.go',
  commands: {
    producer: ['producer'],
    consumer: ['consumer'],
    generate: ['generate'],
    replay: ['replay'],
    transformer: ['transformer'],
  },
  comments: { '.go': '//', '.mod': '//', '.conf': '#', Dockerfile: '#' },
  apart: ['.go'],
} as const;

const goWithoutTransactions: Commands = {
  producer: ['producer'],
  consumer: ['consumer'],
  generate: ['generate'],
  replay: ['replay'],
};

const java = {
  runtime: 'java',
  domainFolder: joined,
  domainRoots: ['src/main/java/com/example/platform', 'src/test/java/com/example/platform'],
  binding: 'src/main/java/com/example/platform/UseCase.java',
  commands: {
    producer: ['producer'],
    consumer: ['consumer'],
    generate: ['generate'],
    replay: ['replay'],
    transformer: ['transformer'],
  },
  comments: { '.java': '//', Dockerfile: '#' },
} as const;

export const kits: Partial<Record<ClientId, Kit>> = {
  'confluent-kafka': { id: 'confluent-kafka', ...python },
  aiokafka: { id: 'aiokafka', ...python },
  'platformatic-kafka': { id: 'platformatic-kafka', ...node },
  kafkajs: { id: 'kafkajs', ...node },
  'confluent-kafka-javascript': { id: 'confluent-kafka-javascript', ...node },
  'spring-kafka': { id: 'spring-kafka', ...java },
  'kafka-clients': { id: 'kafka-clients', ...java },
  'franz-go': { id: 'franz-go', ...go },
  'confluent-kafka-go': { id: 'confluent-kafka-go', ...go },
  'kafka-go': { id: 'kafka-go', ...go, commands: goWithoutTransactions },
};
