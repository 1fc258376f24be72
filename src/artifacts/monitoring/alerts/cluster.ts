import { isSecured } from '../../../model/platform.ts';
import { type AlertGroup, isReplicated } from './alert.ts';

export const clusterAlerts: AlertGroup = (platform) => [
  {
    name: 'KafkaOfflinePartitions',
    severity: 'critical',
    for: '1m',
    expr: 'max(kafka_controller_offline_partitions) > 0',
    section: 'Offline partitions',
    summary: 'Partitions have no leader.',
    happens:
      'Nobody can read or write them; producers retry until their delivery timeout and then fail.',
    next: isReplicated(platform)
      ? 'Bring back the broker that is missing: `kafka-topics.sh --describe --unavailable-partitions` names it. Elect an unclean leader only if losing records is acceptable.'
      : 'The only broker does not lead them: it is still starting, or its disk failed. Its log says which.',
    proof: {
      series: { 'kafka_controller_offline_partitions{node="broker-1"}': '0x4 2x5 0x5' },
      quietAt: [3, 14],
      firesAt: 8,
      labels: {},
    },
  },
  {
    name: 'KafkaUnderMinIsr',
    severity: 'critical',
    for: '1m',
    expr: 'kafka_replica_under_min_isr_partitions > 0',
    section: 'Under min ISR',
    summary: 'Partitions led by {{ $labels.node }} have fewer in-sync replicas than required.',
    happens:
      'Producers with `acks=all` get NotEnoughReplicas and retry: writes to these partitions stand still. Reads go on.',
    next: 'Bring back the missing brokers: `kafka-topics.sh --describe --under-min-isr-partitions` names them. Lowering `min.insync.replicas` trades safety for writes; undo it afterwards.',
    appliesTo: isReplicated,
    proof: {
      series: { 'kafka_replica_under_min_isr_partitions{node="broker-1"}': '0x4 3x5 0x5' },
      quietAt: [3, 14],
      firesAt: 8,
      labels: { node: 'broker-1' },
    },
  },
  {
    name: 'KafkaUnderReplicatedPartitions',
    severity: 'warning',
    for: '5m',
    expr: 'kafka_replica_under_replicated_partitions > 0',
    section: 'Under-replicated',
    summary: 'Replicas of partitions led by {{ $labels.node }} are not in sync.',
    happens:
      'Nothing is lost yet, but these partitions survive one failure less. During a rolling restart this is normal for minutes.',
    next: 'See which broker lags or is down: `kafka-topics.sh --describe --under-replicated-partitions`. The one that is missing from `Isr` in all lines is the culprit; look at its disk, network and log.',
    appliesTo: isReplicated,
    proof: {
      series: { 'kafka_replica_under_replicated_partitions{node="broker-2"}': '0x4 7x12 0x5' },
      quietAt: [3, 8, 20],
      firesAt: 12,
      labels: { node: 'broker-2' },
    },
  },
  {
    name: 'KafkaIsrShrinking',
    severity: 'warning',
    for: '15m',
    expr: 'sum by (node) (increase(kafka_replica_isr_shrinks_total[5m])) > 0',
    section: 'ISR shrinking',
    summary: 'Replicas of partitions led by {{ $labels.node }} keep falling out of sync.',
    happens:
      'Followers fetch slower than the leader writes, come back and fall out again. Each time, writes with `acks=all` wait.',
    next: 'Look for long garbage collection pauses, a slow disk or a full network on the followers, before raising `replica.lag.time.max.ms`.',
    appliesTo: isReplicated,
    proof: {
      series: { 'kafka_replica_isr_shrinks_total{node="broker-1"}': '0x4 0+4x25 100x14' },
      quietAt: [4, 15, 44],
      firesAt: 26,
      labels: { node: 'broker-1' },
    },
  },
  {
    name: 'KafkaUncleanLeaderElection',
    severity: 'critical',
    for: '0m',
    expr: 'sum(increase(kafka_controller_unclean_leader_elections_total[15m])) > 0',
    section: 'Unclean leader election',
    summary: 'A replica that was not in sync became leader.',
    happens:
      'Records that only the old leader had are gone, though producers saw them acknowledged. Consumers may find offsets beyond the new end.',
    next: 'Find the partition in the log of the active controller, tell its owners, send the records again from their source, and set `unclean.leader.election.enable=false` if somebody changed it.',
    appliesTo: isReplicated,
    proof: {
      series: { 'kafka_controller_unclean_leader_elections_total{node="broker-1"}': '0x4 1x30' },
      quietAt: [4, 30],
      firesAt: 8,
      labels: {},
    },
  },
  {
    name: 'KafkaNoActiveController',
    severity: 'critical',
    for: '1m',
    expr: 'sum(kafka_controller_active) < 1',
    section: 'No active controller',
    summary: 'No node is the active controller.',
    happens: `Reads and writes go on for now, but ${
      isReplicated(platform) ? 'no leader is elected when a broker fails, and ' : ''
    }no topic${isSecured(platform) ? ', user or right' : ''} can be changed.`,
    next: isReplicated(platform)
      ? `A majority of the controllers must be running and reach each other: \`kafka-metadata-quorum.sh describe --status\`, then the log of each controller.${
          isSecured(platform)
            ? ' Certificates of the CONTROLLER listener are a frequent cause.'
            : ''
        }`
      : 'The log of the node says why its controller stopped. Mend that, and restart it.',
    proof: {
      series: { 'kafka_controller_active{node="broker-1"}': '1x4 0x5 1x5' },
      quietAt: [3, 14],
      firesAt: 8,
      labels: {},
    },
  },
  {
    name: 'KafkaSeveralActiveControllers',
    severity: 'critical',
    for: '2m',
    expr: 'sum(kafka_controller_active) > 1',
    section: 'Several active controllers',
    summary: 'More than one node believes that it is the active controller.',
    happens:
      'KRaft lets only the newest epoch commit, so the other one is cut off: it answers with old metadata and resigns late. Two clusters that were formed apart look the same.',
    next: 'Compare leader and epoch on each node: `kafka-metadata-quorum.sh describe --status`. Restart the one with the older epoch.',
    appliesTo: isReplicated,
    proof: {
      series: {
        'kafka_controller_active{node="broker-1"}': '1x20',
        'kafka_controller_active{node="broker-2"}': '0x4 1x5 0x10',
      },
      quietAt: [4, 14],
      firesAt: 9,
      labels: {},
    },
  },
  {
    name: 'KafkaBrokerFenced',
    severity: 'warning',
    for: '5m',
    expr: 'max(kafka_controller_fenced_brokers) > 0',
    section: 'Fenced broker',
    summary: 'A registered broker is fenced.',
    happens:
      'Its heartbeats do not reach the controller, so it leads no partition and the others carry its load.',
    next: '`kafka-cluster.sh list-endpoints --include-fenced-brokers` shows which one. Start it, or unregister it (`kafka-cluster.sh unregister`) if it is gone for good.',
    appliesTo: isReplicated,
    proof: {
      series: { 'kafka_controller_fenced_brokers{node="broker-3"}': '0x4 1x10 0x5' },
      quietAt: [3, 8, 18],
      firesAt: 12,
      labels: {},
    },
  },
];
