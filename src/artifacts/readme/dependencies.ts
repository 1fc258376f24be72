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
  'platformatic-kafka': {
    '@platformatic/kafka': 'the Kafka client, in TypeScript without a native part',
    fastify: 'HTTP of both services',
    pg: 'PostgreSQL, when `DATABASE_URL` names one',
    pino: 'JSON logs',
    'prom-client': '`/metrics`',
    zod: 'events and settings, checked at the border and nowhere else',
  },
};
