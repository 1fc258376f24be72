import type { ClientId } from '../../catalog/choices.ts';

/** Why app/ has each of its dependencies at run time; complete, by test, for every kit. */
export const dependencyReasons: Partial<Record<ClientId, Readonly<Record<string, string>>>> = {
  'confluent-kafka': {
    'confluent-kafka': 'the Kafka client, on librdkafka',
    fastapi: 'HTTP of both services, with requests checked against the event types',
    httptools: "uvicorn's HTTP parser in C",
    'prometheus-client': '`/metrics`',
    pydantic: 'event types, checked at the border and nowhere else',
    'pydantic-settings': 'settings from the environment, checked before anything starts',
    uvicorn: 'the server that FastAPI runs in',
    uvloop: "uvicorn's event loop on libuv; not on Windows",
  },
  aiokafka: {
    aiokafka: 'the Kafka client, in pure asyncio; lz4, snappy and zstd come with it',
    fastapi: 'HTTP of both services, with requests checked against the event types',
    httptools: "uvicorn's HTTP parser in C",
    'prometheus-client': '`/metrics`',
    pydantic: 'event types, checked at the border and nowhere else',
    'pydantic-settings': 'settings from the environment, checked before anything starts',
    uvicorn: 'the server that FastAPI runs in',
    uvloop: "uvicorn's event loop on libuv; not on Windows",
  },
  'platformatic-kafka': {
    '@platformatic/kafka': 'the Kafka client, in TypeScript without a native part',
    fastify: 'HTTP of both services',
    pg: 'PostgreSQL, when `DATABASE_URL` names one',
    pino: 'JSON logs',
    'prom-client': '`/metrics`',
    zod: 'events and settings, checked at the border and nowhere else',
  },
  'franz-go': {
    'github.com/google/uuid': 'event and correlation ids',
    'github.com/jackc/pgx/v5': 'PostgreSQL, when `DATABASE_URL` names one',
    'github.com/prometheus/client_golang': '`/metrics`',
    'golang.org/x/oauth2': 'tokens for OAUTHBEARER',
    'modernc.org/sqlite': 'SQLite without a C compiler',
    'github.com/twmb/franz-go': 'the Kafka client, in Go alone',
    'github.com/twmb/franz-go/pkg/kadm': 'its questions to the brokers: topics, offsets, lag',
    'github.com/twmb/franz-go/pkg/kmsg': "its requests, where the client's own calls end",
  },
  'confluent-kafka-go': {
    'github.com/google/uuid': 'event and correlation ids',
    'github.com/jackc/pgx/v5': 'PostgreSQL, when `DATABASE_URL` names one',
    'github.com/prometheus/client_golang': '`/metrics`',
    'golang.org/x/oauth2': 'tokens for OAUTHBEARER',
    'modernc.org/sqlite': 'SQLite without a C compiler',
    'github.com/confluentinc/confluent-kafka-go/v2': 'the Kafka client, on librdkafka',
  },
};
