import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Application, Environment, Part, Service } from './application.ts';
import { type Cluster, prefix } from './cluster.ts';
import type { Doors } from './doors.ts';
import type { Postgres } from './postgres.ts';
import { type Rendezvous, rendezvous } from './rendezvous.ts';

/** What a check found out, in figures; it ends up in docs/clients.md. */
type Evidence = Readonly<Record<string, string | number | boolean>>;

/** One promise of docs/application-contract.md, shown from outside. */
export type Check = {
  /** As the conformance suite numbers them; the file's name begins with it. */
  readonly number: number;
  readonly title: string;
  /** What the client lacks, where it can't be asked for; undefined where it can. */
  readonly notFor?: (app: Application) => string | undefined;
  /** Throws what is wrong. */
  readonly run: (context: Context) => Promise<Evidence>;
};

/** What all checks share. */
export type Suite = {
  readonly cluster: Cluster;
  readonly postgres: Postgres;
  readonly doors: Doors;
  /** All repetitions and records, or as many as fit into every run. */
  readonly full: boolean;
};

export type Context = Suite & {
  readonly app: Application;
  /** What is done to brokers is done once for all clients, which are checked side by side. */
  readonly together: Rendezvous['meet'];
  /** Names that no other check has. */
  readonly topic: string;
  readonly deadLetters: string;
  readonly group: string;
  /** A folder for stores. */
  readonly folder: string;
  readonly producer: (own?: Environment) => Promise<Service>;
  readonly consumer: (own?: Environment) => Promise<Service>;
  readonly environment: (part: Part, own?: Environment) => Environment;
};

/** Makes the topics of a check and what its services are started with. */
export async function contextFor(
  { number }: Pick<Check, 'number'>,
  app: Application,
  suite: Suite,
  together: Rendezvous['meet'] = rendezvous(1).meet,
): Promise<Context> {
  const { cluster } = suite;
  const topic = `${prefix}${app.client}.${number}`;
  const deadLetters = `${topic}.dlq`;
  const group = `${topic}.group`;
  await cluster.createTopic(topic);
  await cluster.createTopic(deadLetters);
  const folder = mkdtempSync(join(tmpdir(), 'krafter-conformance-store-'));
  const environment = (part: Part, own: Environment = {}): Environment => {
    const { username, password } = part === 'producer' ? cluster.producer : cluster.consumer;
    return {
      KAFKA_BOOTSTRAP_SERVERS: cluster.bootstrap,
      KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
      KAFKA_SASL_USERNAME: username,
      KAFKA_SASL_PASSWORD: password,
      KAFKA_SSL_CA_FILE: cluster.caFile,
      KAFKA_TOPIC: topic,
      ...(part === 'producer'
        ? {}
        : { KAFKA_GROUP_ID: group, KAFKA_DEAD_LETTER_TOPIC: deadLetters }),
      ...(part === 'consumer' ? { DATABASE_URL: `sqlite:///${join(folder, 'store.db')}` } : {}),
      ...own,
    };
  };
  return {
    ...suite,
    together,
    app,
    topic,
    deadLetters,
    group,
    folder,
    environment,
    producer: (own) => app.start('producer', environment('producer', own)),
    consumer: (own) => app.start('consumer', environment('consumer', own)),
  };
}
