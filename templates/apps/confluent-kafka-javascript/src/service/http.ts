import { fastify, type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

/** Empty when the service is ready; otherwise why it isn't. */
export type Readiness = () => string[];

/** What both services answer: health and metrics. */
export function httpServer(registry: Registry, readiness: Readiness): FastifyInstance {
  // The service's own log says what matters; a line per request would drown it.
  const app = fastify({ logger: false, bodyLimit: 1024 * 1024 });

  // Without this, a connection that was busy when the service began to stop stays open, idle, and
  // the service waits for its caller.
  let stopping = false;
  app.addHook('preClose', (done) => {
    stopping = true;
    done();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) {
      reply.header('connection', 'close');
    }
  });

  app.get('/health/live', () => ({ status: 'live' }));

  app.get('/health/ready', (_request, reply) => {
    const reasons = readiness();
    return reasons.length === 0
      ? { status: 'ready' }
      : reply.code(503).send({ status: 'not ready', reasons });
  });

  app.get('/metrics', async (_request, reply) => {
    const text = await registry.metrics();
    return reply.type(registry.contentType).send(text);
  });

  return app;
}
