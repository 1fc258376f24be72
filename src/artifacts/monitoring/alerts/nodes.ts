import { exporterPort } from '../../../catalog/own-parts.ts';
import { isSecured } from '../../../model/platform.ts';
import { type AlertGroup, isReplicated, seenIn } from './alert.ts';

export const nodeAlerts: AlertGroup = (platform) => [
  {
    name: 'KafkaNodeDown',
    severity: 'critical',
    for: '1m',
    expr: 'up{job="kafka"} == 0',
    section: 'Node down',
    summary: '{{ $labels.node }} gives no metrics.',
    happens: `The exporter lives in the process of the node: either that is down${
      isReplicated(platform) ? '' : ', and Kafka with it'
    }, or Prometheus does not reach it. If it is down, every other alert about this node is silent.`,
    next: `Look whether the process runs and what its log ends with. If it runs, Prometheus must be able to reach its port ${exporterPort}.`,
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
    happens: `${
      isReplicated(platform)
        ? 'Each start moves leaders away and back, and clients reconnect.'
        : 'Nobody reads or writes until it has started, each time.'
    } Something ends the process, and something else starts it again.`,
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
    next: `${
      isReplicated(platform)
        ? `See ${seenIn(platform, 'cluster', 'kafka_replica_leaders')} whether this broker has more leaders or traffic than the others`
        : `See ${seenIn(platform, 'cluster', 'rate(kafka_broker_messages_in_total[5m])')} whether traffic has grown`
    }, and whether small batches (\`linger.ms=0\`) make many requests. Then raise \`num.io.threads\` while there are cores${
      isReplicated(platform) ? ', or add brokers' : ''
    }.`,
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
    happens: `Connections wait to be read and answered.${
      isSecured(platform) ? ' TLS makes these threads work harder.' : ''
    }`,
    next: `See ${seenIn(platform, 'cluster', 'sum by (node, listener) (kafka_connections)')} whether clients connect over and over; then raise \`num.network.threads\` while there are cores.`,
    proof: {
      series: { 'kafka_network_processor_idle_ratio{node="broker-1"}': '0.9x4 0.2x15 0.9x5' },
      quietAt: [3, 10, 23],
      firesAt: 17,
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
