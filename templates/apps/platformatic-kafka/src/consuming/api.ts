import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Domain } from '../domain-types.ts';
import { errorFields, type Log } from '../service/log.ts';
import { countEventsAndEffects, findEvent } from '../store/processed-events.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import type { Sql } from '../store/store.ts';

export interface ConsumerApi {
  domain: Domain;
  /** Undefined until the store was reached for the first time. */
  sql: () => Sql | undefined;
  log: Log;
}

/** Answers questions about what was consumed. */
export function addConsumerApi(app: FastifyInstance, { domain, sql, log }: ConsumerApi): void {
  app.get('/events/:eventId', async (request, reply) => {
    const { eventId } = z.object({ eventId: z.string() }).parse(request.params);
    const row = await findEvent(reachable(), eventId);
    if (!row) {
      return reply.code(404).send({ error: 'not_found', message: `There is no event ${eventId}.` });
    }
    return {
      event: JSON.parse(String(row.payload)) as unknown,
      topic: row.topic,
      partition: row.partition,
      offset: row.record_offset,
      correlationId: row.correlation_id,
      processedAt: row.processed_at,
    };
  });

  app.get('/stats', () => countEventsAndEffects(reachable(), domain.effects));

  for (const view of domain.views) {
    app.get(view.path, async (request, reply) => {
      const found = await view.answer(reachable(), {
        ...(request.query as object),
        ...(request.params as object),
      });
      return (
        found ?? reply.code(404).send({ error: 'not_found', message: 'There is no such thing.' })
      );
    });
  }

  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof z.ZodError) {
      const message = error.issues
        .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
        .join('; ');
      return reply.code(400).send({ error: 'invalid_query', message });
    }
    if (error instanceof StoreUnavailable) {
      const message = 'The store is not available.';
      return reply.code(503).header('retry-after', 1).send({ error: 'store_unavailable', message });
    }
    log.error(errorFields(error), 'this is a bug');
    return reply.code(500).send({ error: 'internal_error', message: 'The service has a bug.' });
  });

  function reachable(): Sql {
    const store = sql();
    if (!store) {
      throw new StoreUnavailable('The store was not reached yet.');
    }
    return store;
  }
}
