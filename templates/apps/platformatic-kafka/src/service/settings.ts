import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A setting is missing or wrong; the services exit with 2 and say which. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

const milliseconds = (fallback: number) => z.coerce.number().int().min(1).default(fallback);
const positive = milliseconds;
const port = (fallback: number) => z.coerce.number().int().min(0).max(65535).default(fallback);
const required = z.string({ error: 'is required' }).min(1);
const hostPort = z.string().regex(/^[^\s:,]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/, {
  error: 'must be a list of host:port, separated by commas',
});

const common = {
  HTTP_HOST: z.string().default('127.0.0.1'),
  KAFKA_BOOTSTRAP_SERVERS: required
    .transform((list) => list.split(',').map((server) => server.trim()))
    .pipe(z.array(hostPort)),
  KAFKA_SECURITY_PROTOCOL: z.enum(['PLAINTEXT', 'SASL_SSL']).default('PLAINTEXT'),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
  KAFKA_SSL_CA_FILE: z.string().optional(),
  KAFKA_TOPIC: required,
  LOG_LEVEL: z.enum(['debug', 'info', 'warning', 'error']).default('info'),
  SHUTDOWN_TIMEOUT_MS: milliseconds(10_000),
};

const producerVariables = z.object({
  ...common,
  SERVICE_NAME: z.string().default('producer'),
  HTTP_PORT: port(8080),
  KAFKA_DELIVERY_TIMEOUT_MS: milliseconds(30_000),
  MAX_IN_FLIGHT: positive(10_000),
});

const consumerVariables = z.object({
  ...common,
  SERVICE_NAME: z.string().default('consumer'),
  HTTP_PORT: port(8081),
  KAFKA_GROUP_ID: required,
  KAFKA_DEAD_LETTER_TOPIC: required,
  MAX_POLL_RECORDS: positive(500),
  COMMIT_INTERVAL_MS: milliseconds(1000),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:\/\/\/.+|postgres(ql)?:\/\/.+)$/, {
      error: 'must start with sqlite:/// or postgresql://',
    })
    .default('sqlite:///data/store.db'),
});

export type Security =
  { kind: 'plaintext' } | { kind: 'sasl-ssl'; username: string; password: string; ca: string };

export type Database = { kind: 'sqlite'; path: string } | { kind: 'postgresql'; url: string };

export interface KafkaSettings {
  clientId: string;
  bootstrapServers: string[];
  security: Security;
  topic: string;
}

export type ProducerSettings = ReturnType<typeof producerSettings>;
export type ConsumerSettings = ReturnType<typeof consumerSettings>;
export type Environment = Readonly<Record<string, string | undefined>>;

export function producerSettings(environment: Environment) {
  const variables = parse(producerVariables, environment);
  return {
    ...commonSettings(variables),
    deliveryTimeoutMs: variables.KAFKA_DELIVERY_TIMEOUT_MS,
    maxInFlight: variables.MAX_IN_FLIGHT,
  };
}

export function consumerSettings(environment: Environment) {
  const variables = parse(consumerVariables, environment);
  return {
    ...commonSettings(variables),
    groupId: variables.KAFKA_GROUP_ID,
    deadLetterTopic: variables.KAFKA_DEAD_LETTER_TOPIC,
    maxPollRecords: variables.MAX_POLL_RECORDS,
    commitIntervalMs: variables.COMMIT_INTERVAL_MS,
    database: database(variables.DATABASE_URL),
  };
}

function commonSettings(
  variables: z.output<typeof producerVariables> | z.output<typeof consumerVariables>,
) {
  const kafka: KafkaSettings = {
    clientId: variables.SERVICE_NAME,
    bootstrapServers: variables.KAFKA_BOOTSTRAP_SERVERS,
    security: security(variables),
    topic: variables.KAFKA_TOPIC,
  };
  return {
    serviceName: variables.SERVICE_NAME,
    http: { host: variables.HTTP_HOST, port: variables.HTTP_PORT },
    kafka,
    logLevel: variables.LOG_LEVEL,
    shutdownTimeoutMs: variables.SHUTDOWN_TIMEOUT_MS,
  };
}

function security(
  variables: z.output<typeof producerVariables> | z.output<typeof consumerVariables>,
): Security {
  if (variables.KAFKA_SECURITY_PROTOCOL === 'PLAINTEXT') {
    return { kind: 'plaintext' };
  }
  const needed = (
    name: 'KAFKA_SASL_USERNAME' | 'KAFKA_SASL_PASSWORD' | 'KAFKA_SSL_CA_FILE',
  ): string => {
    const value = variables[name];
    if (value === undefined) {
      throw new SettingsError(`${name} is required with KAFKA_SECURITY_PROTOCOL=SASL_SSL`);
    }
    return value;
  };
  return {
    kind: 'sasl-ssl',
    username: needed('KAFKA_SASL_USERNAME'),
    password: needed('KAFKA_SASL_PASSWORD'),
    ca: readCa(needed('KAFKA_SSL_CA_FILE')),
  };
}

function readCa(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingsError(`KAFKA_SSL_CA_FILE can't be read: ${(error as Error).message}`);
  }
}

function database(url: string): Database {
  return url.startsWith('sqlite:///')
    ? { kind: 'sqlite', path: url.slice('sqlite:///'.length) }
    : { kind: 'postgresql', url };
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  environment: Environment,
): z.output<Schema> {
  // An empty variable is what Compose and Kubernetes make of one that was forgotten.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map(
      (issue) => `${String(issue.path[0])} ${issue.message}`,
    );
    throw new SettingsError(problems.join('; '));
  }
  return result.data;
}
