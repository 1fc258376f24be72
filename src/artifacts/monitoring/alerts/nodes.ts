import { isSecured } from '../../../model/platform.ts';
import type { Alert } from './alert.ts';

export const nodeAlerts: readonly Alert[] = [
  {
    name: 'KafkaNodeDown',
    severity: 'critical',
    for: '1m',
    expr: 'up{job="kafka"} == 0',
    section: 'Node down',
    summary: '{{ $labels.node }} gives no metrics.',
    happens:
      'The exporter lives in the process of the node: either that is down, or Prometheus does not reach it. If it is down, every other alert about this node is silent.',
    next: 'Look whether the process runs and what its log ends with. If it runs, open its exporter port from where Prometheus is.',
    proof: {
      series: { 'up{job="kafka",instance="broker-1:9404",node="broker-1"}': '1x4 0x5 1x5' },
      quietAt: [3, 14],
      firesAt: 8,
      labels: { job: 'kafka', instance: 'broker-1:9404', node: 'broker-1' },
    },
  },
  {
    name: 'KafkaNodeRestarting',
    severity: 'warning',
    for: '0m',
    expr: 'sum by (node) (changes(process_start_time_seconds{job="kafka"}[30m])) > 2',
    section: 'Node restarting',
    summary: '{{ $labels.node }} started three times within half an hour.',
    happens:
      'Each start moves leaders away and back, and clients reconnect. Something ends the process, and something else starts it again.',
    next: 'Read what its log ends with before each start, and the kernel log for the out-of-memory killer.',
    proof: {
      series: {
        'process_start_time_seconds{job="kafka",node="broker-1"}': '100x5 200x5 300x5 400x50',
      },
      quietAt: [5, 10, 60],
      firesAt: 20,
      labels: { node: 'broker-1' },
    },
  },
  {
    name: 'KafkaRequestHandlersBusy',
    severity: 'warning',
    for: '10m',
    expr: 'kafka_request_handler_idle_ratio < 0.2',
    section: 'Request handlers busy',
    summary: 'Request handlers of {{ $labels.node }} are busy more than 80 % of the time.',
    happens: 'Requests queue, and the latency of all clients rises.',
    next: 'See on the cluster dashboard whether this broker has more leaders or traffic than the others, and whether small batches (linger.ms=0) make many requests. Then raise num.io.threads while there are cores, or add brokers.',
    proof: {
      series: { 'kafka_request_handler_idle_ratio{node="broker-1"}': '0.9x4 0.1x15 0.9x5' },
      quietAt: [3, 10, 23],
      firesAt: 17,
      labels: { node: 'broker-1' },
    },
  },
  {
    name: 'KafkaNetworkProcessorsBusy',
    severity: 'warning',
    for: '10m',
    expr: 'kafka_network_processor_idle_ratio < 0.3',
    section: 'Network processors busy',
    summary: 'Network threads of {{ $labels.node }} are busy more than 70 % of the time.',
    happens: 'Connections wait to be read and answered. TLS makes these threads work harder.',
    next: 'Look for clients that connect over and over (connections on the cluster dashboard); then raise num.network.threads while there are cores.',
    proof: {
      series: { 'kafka_network_processor_idle_ratio{node="broker-1"}': '0.9x4 0.2x15 0.9x5' },
      quietAt: [3, 10, 23],
      firesAt: 17,
      labels: { node: 'broker-1' },
    },
  },
  {
    name: 'KafkaDataGrowing',
    severity: 'warning',
    for: '1h',
    // Kafka publishes by JMX how much it keeps, not how large the disk is.
    expr: 'sum by (node) (predict_linear(kafka_log_size_bytes[6h], 86400)) > 2 * sum by (node) (kafka_log_size_bytes) and sum by (node) (kafka_log_size_bytes) > 10e9',
    section: 'Data growing',
    summary: 'The data of {{ $labels.node }} will double within a day.',
    happens:
      'A full disk ends a broker, and the next one soon after. Kafka does not tell how large the disk is, so this looks at growth alone; in the first day of a new topic it is normal.',
    next: 'Compare with df -h on the machine. The topics dashboard shows which topic grows: shorten its retention.ms, or add disk, before it is full.',
    proof: {
      series: {
        'kafka_log_size_bytes{node="broker-1",topic="t",partition="0"}':
          '20e9x60 20e9+0.1e9x180 38e9x600',
      },
      quietAt: [60, 800],
      firesAt: 240,
      labels: { node: 'broker-1' },
    },
  },
  {
    name: 'KafkaAuthenticationFailing',
    severity: 'warning',
    for: '5m',
    expr: 'sum by (node, listener) (increase(kafka_authentication_failures_total[5m])) > 10',
    section: 'Authentication failing',
    summary: 'Logins fail on {{ $labels.listener }} of {{ $labels.node }}.',
    happens:
      'A client has a wrong password or certificate and keeps trying, or somebody guesses passwords.',
    next: 'The broker logs each failure with the address it came from. After a password was changed, restart the services that still have the old one.',
    appliesTo: isSecured,
    proof: {
      series: {
        'kafka_authentication_failures_total{node="broker-1",listener="CLIENT",network_processor="3"}':
          '0x4 0+20x15 300x15',
      },
      quietAt: [4, 33],
      firesAt: 18,
      labels: { node: 'broker-1', listener: 'CLIENT' },
    },
  },
];
