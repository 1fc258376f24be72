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
  readonly replay?: readonly string[];
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
};

const snake = (domain: Domain): string => domain.replaceAll('-', '_');

export const kits: Partial<Record<ClientId, Kit>> = {
  'confluent-kafka': {
    id: 'confluent-kafka',
    runtime: 'python',
    domainFolder: snake,
    domainRoots: ['src/platform_app', 'tests'],
    binding: 'src/platform_app/domain.py',
    commands: {
      producer: ['-m', 'platform_app.producer'],
      consumer: ['-m', 'platform_app.consumer'],
      generate: ['-m', 'platform_app.generate'],
    },
    comments: { '.py': '#', '.toml': '#', Dockerfile: '#' },
  },
  'platformatic-kafka': {
    id: 'platformatic-kafka',
    runtime: 'node',
    domainFolder: (domain) => domain,
    domainRoots: ['src', 'test'],
    binding: 'src/domain.ts',
    commands: {
      producer: ['src/producer.ts'],
      consumer: ['src/consumer.ts'],
      generate: ['src/generate.ts'],
    },
    comments: { '.ts': '//', Dockerfile: '#' },
  },
};
