import {
  type ConsumerService,
  isSecured,
  type Platform,
  passwordVariable,
  replayUser,
  type Service,
} from '../../model/platform.ts';

/** Where a service runs: what differs between Compose, machines and this laptop. */
export type ServicePlacement = {
  readonly bootstrapServers: string;
  /** PEM file of the CA; ignored without security. */
  readonly caFile: string;
  readonly httpHost: string;
  readonly httpPort: number;
  /** Of the consumer's store; `sqlite:////…` or `postgresql://…`. */
  readonly databaseUrl: string;
};

/**
 * The environment of a service as docs/application-contract.md names it, without
 * KAFKA_SASL_PASSWORD: that comes from `.env` (see {@link servicePassword}).
 */
export function serviceEnvironment(
  platform: Platform,
  service: Service,
  place: ServicePlacement,
): Record<string, string> {
  return {
    SERVICE_NAME: service.name,
    HTTP_HOST: place.httpHost,
    HTTP_PORT: String(place.httpPort),
    ...connection(platform, service.name, place),
    KAFKA_TOPIC: service.topic,
    ...(service.role === 'consumer'
      ? { ...consuming(service), DATABASE_URL: place.databaseUrl }
      : {}),
  };
}

/** The same for the tool that sends dead letters to their topic again. */
export function replayEnvironment(
  platform: Platform,
  place: Pick<ServicePlacement, 'bootstrapServers' | 'caFile'>,
): Record<string, string> {
  const [, consumer] = platform.application.services;
  return {
    ...connection(platform, replayUser(consumer), place),
    KAFKA_TOPIC: consumer.topic,
    ...consuming(consumer),
  };
}

const connection = (
  platform: Platform,
  user: string,
  { bootstrapServers, caFile }: Pick<ServicePlacement, 'bootstrapServers' | 'caFile'>,
): Record<string, string> => ({
  KAFKA_BOOTSTRAP_SERVERS: bootstrapServers,
  ...(isSecured(platform)
    ? {
        KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
        KAFKA_SASL_USERNAME: user,
        KAFKA_SSL_CA_FILE: caFile,
      }
    : { KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT' }),
});

const consuming = (consumer: ConsumerService): Record<string, string> => ({
  KAFKA_GROUP_ID: consumer.group,
  KAFKA_DEAD_LETTER_TOPIC: consumer.deadLetterTopic,
});

/** The variable of `.env` that becomes KAFKA_SASL_PASSWORD; undefined without security. */
export const servicePassword = (
  platform: Platform,
  { name }: Pick<Service, 'name'>,
): string | undefined => (isSecured(platform) ? passwordVariable(name) : undefined);
