import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Domain } from '../domain-types.ts';
import { decodeEvent, type Problem } from '../events.ts';
import { deliveryFailure } from '../kafka/errors.ts';
import type { DeliveryFailure } from '../kafka/failures.ts';
import { headers } from '../kafka/headers.ts';
import type { Acknowledgement, OutgoingRecord } from '../kafka/records.ts';
import { errorFields, type Log } from '../service/log.ts';
import type { ProducerMetrics, RejectionReason } from '../service/metrics.ts';
import { InFlight } from './in-flight.ts';

export interface ProducerApi {
  domain: Domain;
  topic: string;
  maxInFlight: number;
  publish(record: OutgoingRecord): Promise<Acknowledgement>;
  metrics: ProducerMetrics;
  log: Log;
}

interface Refusal {
  status: number;
  error: string;
  reason: RejectionReason;
}

const invalid = {
  Undecodable: { status: 400, error: 'not_json', reason: 'invalid' },
  InvalidEvent: { status: 422, error: 'invalid_event', reason: 'invalid' },
} as const satisfies Record<string, Refusal>;

const tooLarge = { status: 413, error: 'record_too_large', reason: 'too_large' } as const;
const queueFull = { status: 503, error: 'queue_full', reason: 'queue_full' } as const;

const undelivered: Record<DeliveryFailure, Refusal> = {
  too_large: tooLarge,
  unauthorised: { status: 403, error: 'not_authorised', reason: 'unauthorised' },
  unknown_topic: { status: 404, error: 'unknown_topic', reason: 'unknown_topic' },
  timeout: { status: 503, error: 'not_delivered', reason: 'timeout' },
};

const RETRY_AFTER_SECONDS = 1;

/** `POST /events`: answers 202 when Kafka has the event, and says what to do when it hasn't. */
export function addProducerApi(app: FastifyInstance, api: ProducerApi): void {
  const { domain, topic, metrics, log } = api;
  const inFlight = new InFlight(api.maxInFlight);

  // The event is JSON whatever the content type says; bytes, because the codec checks UTF-8 too.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });

  app.post('/events', async (request, reply) => {
    const correlationId = correlationIdOf(request);
    const decoded = decodeEvent(request.body as Buffer | undefined, domain);
    if (decoded.kind === 'rejected') {
      const { errorClass, message, details } = decoded;
      return refuse(reply, correlationId, invalid[errorClass], message, details);
    }
    const value = Buffer.from(decoded.text);
    const full = inFlight.full(value.length);
    if (full) {
      return refuse(reply, correlationId, queueFull, full);
    }
    const { eventId, eventType } = decoded.event;
    const traceparent = request.headers.traceparent;
    inFlight.enter(value.length);
    metrics.inFlight.set(inFlight.events);
    const stopTimer = metrics.delivery.startTimer();
    try {
      const { partition, offset } = await api.publish({
        key: Buffer.from(domain.keyOf(decoded.event)),
        value,
        headers: headers({
          'event-id': eventId,
          'event-type': eventType,
          'correlation-id': correlationId,
          'content-type': 'application/json',
          ...(typeof traceparent === 'string' && { traceparent }),
        }),
      });
      stopTimer();
      metrics.produced.inc({ topic });
      log.debug({ correlationId, eventId, topic, partition, offset: Number(offset) }, 'produced');
      return await reply
        .code(202)
        .header('x-correlation-id', correlationId)
        .send({ eventId, topic, partition, offset: Number(offset) });
    } catch (error) {
      const failure = deliveryFailure(error);
      log.warn({ correlationId, eventId, topic, ...errorFields(failure) }, 'event not delivered');
      return await refuse(reply, correlationId, undelivered[failure.kind], failure.message);
    } finally {
      inFlight.leave(value.length);
      metrics.inFlight.set(inFlight.events);
    }
  });

  // Fastify's own errors: a body that is too large, aborted or can't be read.
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const correlationId = correlationIdOf(request);
    if (error.statusCode === 413) {
      log.warn({ correlationId, topic, ...errorFields(error) }, 'event not taken');
      return refuse(reply, correlationId, tooLarge, 'The event is larger than 1 MiB.');
    }
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return refuse(reply, correlationId, invalid.Undecodable, error.message);
    }
    log.error({ correlationId, ...errorFields(error), stack: error.stack }, 'this is a bug');
    return reply
      .code(500)
      .send({ error: 'internal_error', message: 'The service has a bug.', correlationId });
  });

  function refuse(
    reply: FastifyReply,
    correlationId: string,
    { status, error, reason }: Refusal,
    message: string,
    details?: Problem[],
  ): FastifyReply {
    metrics.rejected.inc({ reason });
    if (status === 503) {
      reply.header('retry-after', RETRY_AFTER_SECONDS);
    }
    return reply
      .code(status)
      .header('x-correlation-id', correlationId)
      .send({ error, message, correlationId, ...(details && { details }) });
  }
}

/** The caller's id if it is fit for headers and logs, otherwise a new one. */
function correlationIdOf(request: FastifyRequest): string {
  const given = request.headers['x-correlation-id'];
  return typeof given === 'string' && /^[\x21-\x7e]{1,128}$/.test(given) ? given : randomUUID();
}
