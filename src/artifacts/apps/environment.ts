import { isSecured, type Platform, passwordVariable, type Service } from '../../model/platform.ts';

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
    KAFKA_BOOTSTRAP_SERVERS: place.bootstrapServers,
    ...(isSecured(platform)
      ? {
          KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
          KAFKA_SASL_USERNAME: service.name,
          KAFKA_SSL_CA_FILE: place.caFile,
        }
      : { KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT' }),
    KAFKA_TOPIC: service.topic,
    ...(service.role === 'consumer'
      ? {
          KAFKA_GROUP_ID: service.group,
          KAFKA_DEAD_LETTER_TOPIC: service.deadLetterTopic,
          DATABASE_URL: place.databaseUrl,
        }
      : {}),
  };
}

/** The variable of `.env` that becomes KAFKA_SASL_PASSWORD; undefined without security. */
export const servicePassword = (platform: Platform, service: Service): string | undefined =>
  isSecured(platform) ? passwordVariable(service.name) : undefined;
