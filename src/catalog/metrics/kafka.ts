/** A metric of Kafka that the JMX exporter publishes under a name of ours. */
export type KafkaMetric = {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  /** Its MBean; a property that is `*` becomes a label. */
  readonly bean: string;
  readonly attribute: string;
  /** To base units: seconds from milliseconds. */
  readonly factor?: number;
};

const milliseconds = 0.001;

/**
 * What alerts and panels are made of. Source: the MBeans of a running 4.3.1, and
 * https://kafka.apache.org/43/operations/monitoring/. Meters are read by their Count: rates
 * are Prometheus's to compute, over any window.
 */
export const kafkaMetrics: readonly KafkaMetric[] = [
  ...replicaManager([
    [
      'kafka_replica_under_replicated_partitions',
      'UnderReplicatedPartitions',
      'Partitions led here with a replica that is not in sync.',
    ],
    [
      'kafka_replica_under_min_isr_partitions',
      'UnderMinIsrPartitionCount',
      'Partitions led here with fewer in-sync replicas than min.insync.replicas.',
    ],
    ['kafka_replica_partitions', 'PartitionCount', 'Replicas that this broker keeps.'],
    ['kafka_replica_leaders', 'LeaderCount', 'Partitions that this broker leads.'],
  ]),
  {
    name: 'kafka_replica_isr_shrinks_total',
    type: 'counter',
    help: 'Times a replica fell out of the in-sync set of a partition led here.',
    bean: 'kafka.server:type=ReplicaManager,name=IsrShrinksPerSec',
    attribute: 'Count',
  },
  {
    name: 'kafka_replica_isr_expands_total',
    type: 'counter',
    help: 'Times a replica came back into the in-sync set of a partition led here.',
    bean: 'kafka.server:type=ReplicaManager,name=IsrExpandsPerSec',
    attribute: 'Count',
  },

  ...controller([
    ['kafka_controller_active', 'ActiveControllerCount', '1 on the active controller, else 0.'],
    [
      'kafka_controller_offline_partitions',
      'OfflinePartitionsCount',
      'Partitions without a leader: nobody can read or write them.',
    ],
    [
      'kafka_controller_active_brokers',
      'ActiveBrokerCount',
      'Registered brokers that may lead partitions.',
    ],
    [
      'kafka_controller_fenced_brokers',
      'FencedBrokerCount',
      'Registered brokers whose heartbeats stopped.',
    ],
    ['kafka_controller_partitions', 'GlobalPartitionCount', 'Partitions of the cluster.'],
    [
      'kafka_controller_preferred_replica_imbalance',
      'PreferredReplicaImbalanceCount',
      'Partitions that are not led by their preferred replica.',
    ],
    [
      'kafka_controller_last_applied_record_offset',
      'LastAppliedRecordOffset',
      'Offset of the newest metadata record that this controller applied.',
    ],
  ]),
  {
    name: 'kafka_controller_last_applied_record_lag_seconds',
    type: 'gauge',
    help: 'Age of the newest metadata record that this controller applied.',
    bean: 'kafka.controller:type=KafkaController,name=LastAppliedRecordLagMs',
    attribute: 'Value',
    factor: milliseconds,
  },
  {
    name: 'kafka_controller_unclean_leader_elections_total',
    type: 'counter',
    help: 'Leaders elected from replicas that were not in sync: records were lost.',
    bean: 'kafka.controller:type=ControllerStats,name=UncleanLeaderElectionsPerSec',
    attribute: 'Count',
  },

  // KRaft: brokers that are no controllers follow the metadata log as observers.
  ...raft([
    ['kafka_raft_current_leader', 'current-leader', 'Node id of the quorum leader, -1 if unknown.'],
    [
      'kafka_raft_current_epoch',
      'current-epoch',
      'Epoch of the quorum; it grows with each election.',
    ],
    ['kafka_raft_high_watermark', 'high-watermark', 'Committed end of the metadata log.'],
    ['kafka_raft_log_end_offset', 'log-end-offset', 'End of the metadata log on this node.'],
    ['kafka_raft_voters', 'number-of-voters', 'Voters of the quorum.'],
  ]),
  {
    name: 'kafka_broker_metadata_lag_seconds',
    type: 'gauge',
    help: 'Age of the newest metadata record that this broker applied.',
    bean: 'kafka.server:type=broker-metadata-metrics',
    attribute: 'last-applied-record-lag-ms',
    factor: milliseconds,
  },

  ...traffic([
    ['messages_in', 'MessagesInPerSec', 'Records appended'],
    ['bytes_in', 'BytesInPerSec', 'Bytes received from producers'],
    ['bytes_out', 'BytesOutPerSec', 'Bytes sent to consumers, without replication'],
  ]),
  {
    name: 'kafka_broker_replication_bytes_in_total',
    type: 'counter',
    help: 'Bytes received from the leaders that this broker follows.',
    bean: 'kafka.server:type=BrokerTopicMetrics,name=ReplicationBytesInPerSec',
    attribute: 'Count',
  },
  {
    name: 'kafka_broker_failed_produce_requests_total',
    type: 'counter',
    help: 'Produce requests that ended with an error.',
    bean: 'kafka.server:type=BrokerTopicMetrics,name=FailedProduceRequestsPerSec',
    attribute: 'Count',
  },

  ...(['Produce', 'FetchConsumer', 'FetchFollower'] as const).map(
    (request): KafkaMetric => ({
      name: `kafka_request_${snake(request)}_p99_seconds`,
      type: 'gauge',
      help: `99th percentile of the time from receiving a ${request} request to its answer, recent values weighing most.`,
      bean: `kafka.network:type=RequestMetrics,name=TotalTimeMs,request=${request}`,
      attribute: '99thPercentile',
      factor: milliseconds,
    }),
  ),
  {
    name: 'kafka_request_queue_size',
    type: 'gauge',
    help: 'Requests that wait for a request handler.',
    bean: 'kafka.network:type=RequestChannel,name=RequestQueueSize',
    attribute: 'Value',
  },
  {
    name: 'kafka_request_handler_idle_ratio',
    type: 'gauge',
    help: 'Share of the last minute in which request handlers had nothing to do, 0 to 1.',
    // KIP-1207: in a combined node this is of both pools, and no longer above 1.
    bean: 'kafka.server:type=KafkaRequestHandlerPool,name=RequestHandlerAvgIdlePercent',
    attribute: 'OneMinuteRate',
  },
  {
    name: 'kafka_network_processor_idle_ratio',
    type: 'gauge',
    help: 'Share of time in which network threads had nothing to do, 0 to 1.',
    bean: 'kafka.network:type=SocketServer,name=NetworkProcessorAvgIdlePercent',
    attribute: 'Value',
  },
  {
    name: 'kafka_connections',
    type: 'gauge',
    help: 'Open connections.',
    bean: 'kafka.server:type=socket-server-metrics,listener=*,networkProcessor=*',
    attribute: 'connection-count',
  },
  {
    name: 'kafka_authentication_failures_total',
    type: 'counter',
    help: 'Connections refused because of a wrong password or certificate.',
    bean: 'kafka.server:type=socket-server-metrics,listener=*,networkProcessor=*',
    attribute: 'failed-authentication-total',
  },

  {
    name: 'kafka_log_size_bytes',
    type: 'gauge',
    help: 'Size of a partition on this node, all segments.',
    bean: 'kafka.log:type=Log,name=Size,topic=*,partition=*',
    attribute: 'Value',
  },
  {
    name: 'kafka_group_rebalances_total',
    type: 'counter',
    help: 'Completed rebalances of groups of the classic protocol.',
    bean: 'kafka.server:type=group-coordinator-metrics',
    attribute: 'group-completed-rebalance-count',
  },
];

type Row = readonly [name: string, kafkaName: string, help: string];

function replicaManager(rows: readonly Row[]): KafkaMetric[] {
  return rows.map(([name, kafkaName, help]) => ({
    name,
    type: 'gauge',
    help,
    bean: `kafka.server:type=ReplicaManager,name=${kafkaName}`,
    attribute: 'Value',
  }));
}

function controller(rows: readonly Row[]): KafkaMetric[] {
  return rows.map(([name, kafkaName, help]) => ({
    name,
    type: 'gauge',
    help,
    bean: `kafka.controller:type=KafkaController,name=${kafkaName}`,
    attribute: 'Value',
  }));
}

function raft(rows: readonly Row[]): KafkaMetric[] {
  return rows.map(([name, attribute, help]) => ({
    name,
    type: 'gauge',
    help,
    bean: 'kafka.server:type=raft-metrics',
    attribute,
  }));
}

/** Once for the broker, where it is 0 from the start, and once per topic, which appears with its first record. */
function traffic(rows: readonly Row[]): KafkaMetric[] {
  return rows.flatMap(([name, kafkaName, help]): KafkaMetric[] => {
    const bean = `kafka.server:type=BrokerTopicMetrics,name=${kafkaName}`;
    const shared = { type: 'counter', attribute: 'Count' } as const;
    return [
      { name: `kafka_broker_${name}_total`, help: `${help}, all topics.`, bean, ...shared },
      { name: `kafka_topic_${name}_total`, help: `${help}.`, bean: `${bean},topic=*`, ...shared },
    ];
  });
}

function snake(camel: string): string {
  return camel.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

/** Published by the agent about its own JVM, without a rule. */
export const jvmMetrics = [
  'jvm_memory_used_bytes',
  'jvm_memory_max_bytes',
  'jvm_gc_collection_seconds_sum',
  'process_start_time_seconds',
  'process_open_fds',
  'process_max_fds',
] as const;
