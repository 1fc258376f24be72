import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export const rejectionReasons = [
  'invalid',
  'too_large',
  'unauthorised',
  'unknown_topic',
  'timeout',
  'queue_full',
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

export const errorClasses = ['Undecodable', 'InvalidEvent', 'HandlerFailed'] as const;
export type ErrorClass = (typeof errorClasses)[number];

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export type ProducerMetrics = ReturnType<typeof producerMetrics>;
export type ConsumerMetrics = ReturnType<typeof consumerMetrics>;
export type TransformerMetrics = ReturnType<typeof transformerMetrics>;

// A series that appears only with its first event has no rate for that event: known ones start at 0.

export function producerMetrics(topic: string) {
  const registry = new Registry();
  const registers = [registry];
  const metrics = {
    registry,
    produced: new Counter({
      name: 'app_events_produced_total',
      help: 'Events that all in-sync replicas acknowledged.',
      labelNames: ['topic'],
      registers,
    }),
    rejected: new Counter({
      name: 'app_events_rejected_total',
      help: 'Events that were not accepted, by reason.',
      labelNames: ['reason'],
      registers,
    }),
    inFlight: new Gauge({
      name: 'app_events_in_flight',
      help: 'Events waiting for their acknowledgement.',
      registers,
    }),
    delivery: new Histogram({
      name: 'app_event_delivery_seconds',
      help: 'Time from accepting an event to its acknowledgement.',
      buckets: seconds,
      registers,
    }),
  };
  metrics.produced.inc({ topic }, 0);
  for (const reason of rejectionReasons) {
    metrics.rejected.inc({ reason }, 0);
  }
  return metrics;
}

export function consumerMetrics(topic: string) {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    ...readingMetrics(topic, registers),
    applied: new Counter({
      name: 'app_events_applied_total',
      help: 'Events whose effect was written to the store.',
      labelNames: ['event_type'],
      registers,
    }),
    duplicate: new Counter({
      name: 'app_events_duplicate_total',
      help: 'Events skipped because their id was in the store already.',
      registers,
    }),
    retried: new Counter({
      name: 'app_events_retried_total',
      help: 'Events tried again because the store was not available.',
      registers,
    }),
    processing: new Histogram({
      name: 'app_event_processing_seconds',
      help: 'Time to deal with one batch of records.',
      buckets: seconds,
      registers,
    }),
    paused: new Gauge({
      name: 'app_consumer_paused',
      help: '1 while reading is paused because the store or the dead letter topic is away.',
      registers,
    }),
  };
}

export function transformerMetrics(topic: string) {
  const registry = new Registry();
  const registers = [registry];
  const metrics = {
    registry,
    ...readingMetrics(topic, registers),
    transactions: new Counter({
      name: 'app_transactions_total',
      help: 'Transactions, by how they ended.',
      labelNames: ['outcome'],
      registers,
    }),
  };
  for (const outcome of ['committed', 'aborted']) {
    metrics.transactions.inc({ outcome }, 0);
  }
  return metrics;
}

/** What everything that reads the topic as a group counts. */
function readingMetrics(topic: string, registers: Registry[]) {
  const metrics = {
    consumed: new Counter({
      name: 'app_events_consumed_total',
      help: 'Records read from the topic and dealt with.',
      labelNames: ['topic'],
      registers,
    }),
    deadLettered: new Counter({
      name: 'app_events_dead_lettered_total',
      help: 'Records written to the dead letter topic, by error class.',
      labelNames: ['error_class'],
      registers,
    }),
    lag: new Gauge({
      name: 'app_consumer_lag_records',
      help: 'Records between the committed offset and the end of the partition.',
      labelNames: ['topic', 'partition'],
      registers,
    }),
  };
  metrics.consumed.inc({ topic }, 0);
  for (const errorClass of errorClasses) {
    metrics.deadLettered.inc({ error_class: errorClass }, 0);
  }
  return metrics;
}

/** Shows the lag of the partitions that are assigned now, and of no others. */
export function lagReporter({ lag }: ReturnType<typeof readingMetrics>, topic: string) {
  return (lags: ReadonlyMap<number, number>): void => {
    lag.reset();
    for (const [partition, records] of lags) {
      lag.set({ topic, partition: String(partition) }, records);
    }
  };
}
