import { platformRejections } from '../../../catalog/metrics/application.ts';
import { isSecured } from '../../../model/platform.ts';
import { commandsFor } from '../../commands.ts';
import { type AlertGroup, seenIn } from './alert.ts';

const consumer = 'job="applications",role="consumer"';

export const applicationAlerts: AlertGroup = (platform) => [
  {
    name: 'ApplicationDown',
    severity: 'critical',
    for: '1m',
    expr: 'up{job="applications"} == 0',
    section: 'Application down',
    summary: '{{ $labels.service }} gives no metrics.',
    happens:
      'A producer that is down accepts no events; a consumer that is down lets lag grow. What Kafka holds already is safe for as long as its retention.',
    next: "Look at the service's last log lines: exit code 2 names a setting, 3 means that Kafka refused it. If it runs, `GET /health/ready` says why it is not ready.",
    proof: {
      series: { 'up{job="applications",instance="api:8080",service="api"}': '1x4 0x5 1x5' },
      quietAt: [3, 14],
      firesAt: 8,
      labels: { job: 'applications', instance: 'api:8080', service: 'api' },
    },
  },
  {
    name: 'ConsumerWithoutPartitions',
    severity: 'critical',
    // With the two minutes of the expression, five: a killed member is gone after 45 s.
    for: '3m',
    // Restarts are no news: it must have been up, and without lag, for two minutes on end.
    expr: `up{${consumer}} == 1 and up{${consumer}} offset 2m == 1 unless on (service) last_over_time(app_consumer_lag_records[2m])`,
    section: 'Consumer without partitions',
    summary: '{{ $labels.service }} runs, but has no partition.',
    happens:
      'It is not ready: it reads nothing, and lag grows unseen, because only an assigned consumer reports lag.',
    next: `\`GET /health/ready\` says why. Usual causes are ${
      isSecured(platform) ? 'no right to its group or topic, ' : 'a topic that is not there, '
    }no broker within reach, or a rebalance that does not end.`,
    proof: {
      series: {
        // Killed at 5, it has partitions again at 7. From 13 to 34 it has none.
        [`up{${consumer},instance="s:8081",service="status"}`]: '1x4 0 1x50',
        [`app_consumer_lag_records{${consumer},instance="s:8081",service="status",topic="t",partition="0"}`]:
          '0x4 stale _ 0x5 stale _x20 0x20',
      },
      quietAt: [4, 6, 9, 17, 35],
      firesAt: 25,
      labels: {
        job: 'applications',
        instance: 's:8081',
        role: 'consumer',
        service: 'status',
      },
    },
  },
  {
    name: 'ConsumerPaused',
    severity: 'critical',
    for: '2m',
    expr: 'app_consumer_paused == 1',
    section: 'Consumer paused',
    summary: '{{ $labels.service }} has paused its partitions.',
    happens:
      'What it writes to is away, which is its store in most cases. It stays in its group and retries; nothing is lost, but nothing is processed.',
    next: 'Its log says what it waits for. If that is the store, bring back the database that `DATABASE_URL` names. It resumes by itself within ten seconds.',
    proof: {
      series: { 'app_consumer_paused{service="status"}': '0x4 1x6 0x5' },
      quietAt: [3, 14],
      firesAt: 9,
      labels: { service: 'status' },
    },
  },
  {
    name: 'ConsumerLagGrowing',
    severity: 'warning',
    for: '10m',
    expr: 'sum by (service, topic) (app_consumer_lag_records) > 1000 and sum by (service, topic) (deriv(app_consumer_lag_records[10m])) > 0',
    section: 'Consumer lag growing',
    summary: '{{ $labels.service }} falls further behind on {{ $labels.topic }}.',
    happens:
      'Events arrive faster than they are processed. Answers get older, and records that wait longer than retention are gone unread.',
    next: `See ${seenIn(
      platform,
      'applications',
      'rate(app_events_produced_total[5m])',
    )} whether there are more events (the producer), or batches got slower (the store). Up to the number of partitions, more instances help.`,
    proof: {
      series: {
        'app_consumer_lag_records{service="status",topic="t",partition="0"}':
          '10x10 1000+500x25 13500-1500x8 0x15',
      },
      quietAt: [10, 15, 58],
      firesAt: 30,
      labels: { service: 'status', topic: 't' },
    },
  },
  {
    name: 'DeadLettersArriving',
    severity: 'warning',
    for: '0m',
    expr: 'sum by (service, error_class) (increase(app_events_dead_lettered_total[10m])) > 0',
    section: 'Dead letters',
    summary: '{{ $labels.service }} gives up on records: {{ $labels.error_class }}.',
    happens:
      'Records that could not be handled went to the dead letter topic. The others go on, but these have no effect until somebody decides.',
    next: 'Read the `dlq-*` headers in the dead letter topic. Undecodable and InvalidEvent point to a producer, HandlerFailed to the consumer. Mend it, then send them again.',
    proof: {
      series: {
        'app_events_dead_lettered_total{service="status",error_class="HandlerFailed"}': '0x4 3x20',
        'app_events_dead_lettered_total{service="status",error_class="Undecodable"}': '0x24',
      },
      quietAt: [4, 22],
      firesAt: 8,
      labels: { service: 'status', error_class: 'HandlerFailed' },
    },
  },
  {
    name: 'ProducerRejectingEvents',
    severity: 'critical',
    for: '5m',
    expr: `sum by (service, reason) (rate(app_events_rejected_total{reason=~"${platformRejections.join('|')}"}[5m])) > 0`,
    section: 'Events rejected',
    summary: '{{ $labels.service }} turns valid events away: {{ $labels.reason }}.',
    happens: `Callers get 503${
      isSecured(platform) ? ', 403 or 404' : ' or 404'
    } and have to keep their events. Nothing that was acknowledged is lost.`,
    next: `timeout and queue_full: Kafka is slow or away, see the other alerts. ${
      isSecured(platform) ? 'unauthorised and unknown_topic' : 'unknown_topic'
    }: run \`${commandsFor(platform).applyTopics}\`, and look at what it changes.`,
    proof: {
      series: {
        'app_events_rejected_total{service="api",reason="timeout"}': '0x4 0+5x12 60x15',
        'app_events_rejected_total{service="api",reason="invalid"}': '0+9x35',
      },
      quietAt: [4, 28],
      firesAt: 15,
      labels: { service: 'api', reason: 'timeout' },
    },
  },
];
