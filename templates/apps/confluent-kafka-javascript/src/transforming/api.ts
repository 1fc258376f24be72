import type { FastifyInstance } from 'fastify';
import type { Transformer } from './transformer.ts';

/** Tells how far it came since it started. */
export function addTransformerApi(
  app: FastifyInstance,
  transformer: Pick<Transformer, 'stats'>,
): void {
  app.get('/stats', () => transformer.stats());
}
