/** The metrics of generated applications, as docs/application-contract.md promises them. */
export type ApplicationMetric = {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  readonly service: 'producer' | 'consumer';
};

export const applicationMetrics: readonly ApplicationMetric[] = [
  { name: 'app_events_produced_total', type: 'counter', labels: ['topic'], service: 'producer' },
  { name: 'app_events_rejected_total', type: 'counter', labels: ['reason'], service: 'producer' },
  { name: 'app_events_in_flight', type: 'gauge', labels: [], service: 'producer' },
  { name: 'app_event_delivery_seconds', type: 'histogram', labels: [], service: 'producer' },
  { name: 'app_events_consumed_total', type: 'counter', labels: ['topic'], service: 'consumer' },
  {
    name: 'app_events_applied_total',
    type: 'counter',
    labels: ['event_type'],
    service: 'consumer',
  },
  { name: 'app_events_duplicate_total', type: 'counter', labels: [], service: 'consumer' },
  {
    name: 'app_events_dead_lettered_total',
    type: 'counter',
    labels: ['error_class'],
    service: 'consumer',
  },
  { name: 'app_events_retried_total', type: 'counter', labels: [], service: 'consumer' },
  { name: 'app_event_processing_seconds', type: 'histogram', labels: [], service: 'consumer' },
  {
    name: 'app_consumer_lag_records',
    type: 'gauge',
    labels: ['topic', 'partition'],
    service: 'consumer',
  },
  { name: 'app_consumer_paused', type: 'gauge', labels: [], service: 'consumer' },
];

/** Reasons of `app_events_rejected_total` that the platform has to answer for, not the caller. */
export const platformRejections = [
  'timeout',
  'queue_full',
  'unauthorised',
  'unknown_topic',
] as const;

/** Written by security/certs.sh whenever it makes a certificate. */
export const certificateMetric = 'kafka_certificate_not_after_timestamp_seconds';
