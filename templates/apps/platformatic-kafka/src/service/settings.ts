import { z } from 'zod';
import { groupProtocols, staticMembership } from '../kafka/capabilities.ts';
import { connectionSettings, connectionVariables } from './connection-settings.ts';
import {
  milliseconds,
  parseVariables,
  port,
  positive,
  required,
  type Environment,
} from './variables.ts';

const everyPart = {
  ...connectionVariables,
  KAFKA_TOPIC: required,
  LOG_LEVEL: z.enum(['debug', 'info', 'warning', 'error']).default('info'),
  SHUTDOWN_TIMEOUT_MS: milliseconds(10_000),
};

const service = (name: string, httpPort: number) => ({
  ...everyPart,
  SERVICE_NAME: z.string().default(name),
  HTTP_HOST: z.string().default('127.0.0.1'),
  HTTP_PORT: port(httpPort),
});

/** Its members share the topic's partitions and read from where the group has come to. */
const groupMember = (protocols: readonly ('classic' | 'consumer')[]) => ({
  KAFKA_GROUP_ID: required,
  KAFKA_GROUP_PROTOCOL: z
    .enum(protocols, { error: `must be ${protocols.join(' or ')}` })
    .default('classic'),
  KAFKA_GROUP_INSTANCE_ID: staticMembership
    ? z.string().optional()
    : z
        .undefined({ error: 'is not possible: the Kafka client has no static membership' })
        .optional(),
  KAFKA_DEAD_LETTER_TOPIC: required,
  MAX_POLL_RECORDS: positive(500),
});

const producerVariables = z.object({
  ...service('producer', 8080),
  KAFKA_DELIVERY_TIMEOUT_MS: milliseconds(30_000),
  MAX_IN_FLIGHT: positive(10_000),
});

const consumerVariables = z
  .object({
    ...service('consumer', 8081),
    ...groupMember(groupProtocols.consumer),
    COMMIT_INTERVAL_MS: milliseconds(1000),
    DATABASE_URL: z
      .string()
      .refine(isDatabaseUrl, {
        error: 'must be sqlite:///file or postgresql://user@host:port/database, percent-encoded',
      })
      .default('sqlite:///data/store.db'),
  })
  .refine(...elsewhere('KAFKA_DEAD_LETTER_TOPIC'));

const transformerVariables = z
  .object({
    ...service('transformer', 8082),
    ...groupMember(groupProtocols.transformer),
    KAFKA_OUTPUT_TOPIC: required,
    KAFKA_TRANSACTIONAL_ID: required,
  })
  .refine(...elsewhere('KAFKA_DEAD_LETTER_TOPIC'))
  .refine(...elsewhere('KAFKA_OUTPUT_TOPIC'));

const replayVariables = z
  .object({
    ...everyPart,
    SERVICE_NAME: z.string().default('replay'),
    KAFKA_GROUP_ID: required,
    KAFKA_DEAD_LETTER_TOPIC: required,
  })
  .refine(...elsewhere('KAFKA_DEAD_LETTER_TOPIC'));

export type Database = { kind: 'sqlite'; path: string } | { kind: 'postgresql'; url: string };

export interface GroupSettings {
  id: string;
  protocol: 'classic' | 'consumer';
  /** Static membership: whoever comes back with it in time gets its partitions back. */
  instanceId: string | undefined;
}

export function producerSettings(environment: Environment) {
  const variables = parseVariables(producerVariables, environment);
  return {
    ...partSettings(variables),
    ...httpSettings(variables),
    deliveryTimeoutMs: variables.KAFKA_DELIVERY_TIMEOUT_MS,
    maxInFlight: variables.MAX_IN_FLIGHT,
  };
}

export function consumerSettings(environment: Environment) {
  const variables = parseVariables(consumerVariables, environment);
  return {
    ...partSettings(variables),
    ...httpSettings(variables),
    ...memberSettings(variables),
    commitIntervalMs: variables.COMMIT_INTERVAL_MS,
    database: database(variables.DATABASE_URL),
  };
}

export function transformerSettings(environment: Environment) {
  const variables = parseVariables(transformerVariables, environment);
  return {
    ...partSettings(variables),
    ...httpSettings(variables),
    ...memberSettings(variables),
    outputTopic: variables.KAFKA_OUTPUT_TOPIC,
    transactionalId: variables.KAFKA_TRANSACTIONAL_ID,
  };
}

export function replaySettings(environment: Environment) {
  const variables = parseVariables(replayVariables, environment);
  return {
    ...partSettings(variables),
    groupId: variables.KAFKA_GROUP_ID,
    deadLetterTopic: variables.KAFKA_DEAD_LETTER_TOPIC,
  };
}

function partSettings(
  variables: z.output<
    | typeof producerVariables
    | typeof consumerVariables
    | typeof transformerVariables
    | typeof replayVariables
  >,
) {
  return {
    serviceName: variables.SERVICE_NAME,
    connection: connectionSettings(variables.SERVICE_NAME, variables),
    topic: variables.KAFKA_TOPIC,
    logLevel: variables.LOG_LEVEL,
    shutdownTimeoutMs: variables.SHUTDOWN_TIMEOUT_MS,
  };
}

function httpSettings(variables: { HTTP_HOST: string; HTTP_PORT: number }) {
  return { http: { host: variables.HTTP_HOST, port: variables.HTTP_PORT } };
}

function memberSettings(
  variables: z.output<typeof consumerVariables | typeof transformerVariables>,
) {
  const group: GroupSettings = {
    id: variables.KAFKA_GROUP_ID,
    protocol: variables.KAFKA_GROUP_PROTOCOL,
    instanceId: variables.KAFKA_GROUP_INSTANCE_ID,
  };
  return {
    group,
    deadLetterTopic: variables.KAFKA_DEAD_LETTER_TOPIC,
    maxPollRecords: variables.MAX_POLL_RECORDS,
  };
}

function database(url: string): Database {
  return url.startsWith('sqlite:///')
    ? { kind: 'sqlite', path: url.slice('sqlite:///'.length) }
    : { kind: 'postgresql', url };
}

/** What is written there must not be read here again, for ever. */
function elsewhere<Name extends string>(
  name: Name,
): [(variables: Record<Name | 'KAFKA_TOPIC', string>) => boolean, { path: Name[]; error: string }] {
  return [
    (variables) => variables[name] !== variables.KAFKA_TOPIC,
    { path: [name], error: 'must not be KAFKA_TOPIC: it would never end' },
  ];
}

/** The drivers would say it with every attempt to connect, like a database that is away. */
function isDatabaseUrl(url: string): boolean {
  if (url.startsWith('sqlite:///')) {
    return url.length > 'sqlite:///'.length;
  }
  try {
    const { protocol, href } = new URL(url);
    decodeURIComponent(href);
    return ['postgresql:', 'postgres:'].includes(protocol) && /^\w+:\/\/./.test(url);
  } catch {
    return false;
  }
}
