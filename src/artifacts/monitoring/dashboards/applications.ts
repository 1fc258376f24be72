import { type Dashboard, query, type Row, stat, timeseries } from './dashboard.ts';

export const applicationsDashboard: Dashboard = {
  uid: 'kafka-applications',
  title: 'Kafka applications',
  description: 'Whether the services keep up, and what they could not handle.',
  variables: [],
  rows: () => [health, producer, consumer, trouble],
};

const health: Row = {
  title: 'Health',
  panels: [
    stat(
      {
        title: 'Services up',
        description: 'Services that answer /metrics. GET /health/ready of each says more.',
        unit: 'none',
        red: { when: 'below', value: 1 },
      },
      'up{job="applications"}',
      '{{service}}',
    ),
    stat(
      {
        title: 'Lag',
        description: 'Records that wait to be processed. A number that only grows needs attention.',
        unit: 'short',
        red: { when: 'from', value: 10_000 },
      },
      'sum by (service) (app_consumer_lag_records)',
      '{{service}}',
    ),
    stat(
      {
        title: 'Paused',
        description:
          '1: what the consumer writes to is away, mostly its store. Its log says what it waits for.',
        unit: 'none',
        red: { when: 'from', value: 1 },
      },
      'app_consumer_paused',
      '{{service}}',
    ),
    stat(
      {
        title: 'Dead letters, last hour',
        description: 'Records that somebody has to look at. Must be 0.',
        unit: 'short',
        red: { when: 'from', value: 1 },
      },
      'sum by (service) (increase(app_events_dead_lettered_total[1h]))',
      '{{service}}',
    ),
  ],
};

const producer: Row = {
  title: 'Producer',
  panels: [
    timeseries(
      {
        title: 'Produced',
        description: 'Events that all in-sync replicas have acknowledged.',
        unit: 'ops',
      },
      query(
        'sum by (service, topic) (rate(app_events_produced_total[$__rate_interval]))',
        '{{service}} {{topic}}',
      ),
    ),
    timeseries(
      {
        title: 'Delivery time',
        description:
          'From the client to the acknowledgement. Compare with produce requests on the cluster dashboard: what is above those is waiting in the client.',
        unit: 's',
      },
      ...quantiles('app_event_delivery_seconds'),
    ),
    timeseries(
      {
        title: 'In flight',
        description:
          'Events that wait for an acknowledgement. At MAX_IN_FLIGHT the producer answers 503.',
        unit: 'short',
      },
      query('app_events_in_flight', '{{service}}'),
    ),
    timeseries(
      {
        title: 'Rejected',
        description: 'invalid and too_large are the callers; the others are Kafka or its rights.',
        unit: 'ops',
      },
      query(
        'sum by (service, reason) (rate(app_events_rejected_total[$__rate_interval]))',
        '{{reason}}',
      ),
    ),
  ],
};

const consumer: Row = {
  title: 'Consumer',
  panels: [
    timeseries(
      {
        title: 'Consumed and applied',
        description:
          'Applied follows consumed. A gap is work in progress, duplicates or dead letters.',
        unit: 'ops',
      },
      query(
        'sum by (service) (rate(app_events_consumed_total[$__rate_interval]))',
        'consumed {{service}}',
      ),
      query(
        'sum by (service) (rate(app_events_applied_total[$__rate_interval]))',
        'applied {{service}}',
      ),
    ),
    timeseries(
      {
        title: 'Lag by partition',
        description:
          'One partition above the others is a hot key or a record that is tried again; all of them, a consumer that is too slow.',
        unit: 'short',
      },
      query(
        'sum by (service, topic, partition) (app_consumer_lag_records)',
        '{{topic}} {{partition}}',
      ),
    ),
    timeseries(
      {
        title: 'Time for a batch',
        description: 'Mostly the store. It must stay far below max.poll.interval.ms (5 minutes).',
        unit: 's',
      },
      ...quantiles('app_event_processing_seconds'),
    ),
    timeseries(
      {
        title: 'Rebalances',
        description:
          'A step per deployment is normal. Steps by themselves are consumers that miss their heartbeat or poll too late.',
        unit: 'none',
      },
      query('sum by (node) (kafka_group_rebalances_total)', 'coordinator {{node}}'),
    ),
  ],
};

const trouble: Row = {
  title: 'What went wrong',
  panels: [
    timeseries(
      {
        title: 'Dead letters',
        description:
          'Undecodable and InvalidEvent point to a producer, HandlerFailed to the consumer. The dlq-* headers say more.',
        unit: 'ops',
      },
      query(
        'sum by (error_class) (rate(app_events_dead_lettered_total[$__rate_interval]))',
        '{{error_class}}',
      ),
    ),
    timeseries(
      {
        title: 'Retries',
        description:
          'Records tried again because what the consumer writes to was away, mostly its store.',
        unit: 'ops',
      },
      query('sum by (service) (rate(app_events_retried_total[$__rate_interval]))', '{{service}}'),
    ),
    timeseries(
      {
        title: 'Duplicates',
        description:
          'Skipped, since their effect was there already. Normal after a restart; steadily above 0, offsets are not being committed.',
        unit: 'ops',
      },
      query('sum by (service) (rate(app_events_duplicate_total[$__rate_interval]))', '{{service}}'),
    ),
  ],
};

function quantiles(histogram: string) {
  return ([0.5, 0.99] as const).map((quantile) =>
    query(
      `histogram_quantile(${quantile}, sum by (service, le) (rate(${histogram}_bucket[$__rate_interval])))`,
      `${quantile * 100} % {{service}}`,
    ),
  );
}
