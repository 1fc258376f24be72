import { certificateMetric } from '../../../catalog/metrics/application.ts';
import { isSecured, type Platform } from '../../../model/platform.ts';
import { isReplicated } from '../alerts/alert.ts';
import { type Dashboard, type Panel, query, type Row, stat, timeseries } from './dashboard.ts';

export const clusterDashboard: Dashboard = {
  uid: 'kafka-cluster',
  title: 'Kafka cluster',
  description: 'Is the cluster healthy, how busy is it, and which node is the odd one out.',
  variables: [],
  rows: (platform) => [
    health(platform),
    throughput(platform),
    requests(platform),
    ...(isReplicated(platform) ? [replication] : []),
    controllers(platform),
    jvm(platform),
    disk(platform),
    connections(platform),
    ...(isSecured(platform) ? [certificates] : []),
  ],
};

const health = (platform: Platform): Row => ({
  title: 'Health',
  panels: [
    stat(
      {
        title: 'Nodes up',
        description: `Nodes whose exporter answers. Fewer than all: see Node down in ${platform.readme}.`,
        unit: 'none',
        red: { when: 'below', value: platform.clusters[0].nodes.length },
      },
      'sum(up{job="kafka"})',
    ),
    stat(
      {
        title: 'Active controllers',
        description: isReplicated(platform)
          ? 'Exactly one. 0: no leader is elected when a broker fails. More: an old one has not resigned yet.'
          : 'Exactly one. 0: nothing about topics can be changed.',
        unit: 'none',
        red: { when: 'unless', value: 1 },
      },
      'sum(kafka_controller_active)',
    ),
    stat(
      {
        title: 'Offline partitions',
        description: 'Partitions without a leader: nobody reads or writes them. Must be 0.',
        unit: 'none',
        red: { when: 'from', value: 1 },
      },
      'max(kafka_controller_offline_partitions)',
    ),
    ...(isReplicated(platform)
      ? [
          stat(
            {
              title: 'Under min ISR',
              description:
                'Partitions that refuse writes with acks=all, since too few replicas are in sync. Must be 0.',
              unit: 'none',
              red: { when: 'from', value: 1 },
            },
            'sum(kafka_replica_under_min_isr_partitions)',
          ),
          stat(
            {
              title: 'Under-replicated',
              description:
                'Partitions that survive one failure less. Above 0 for minutes is normal while a node restarts.',
              unit: 'none',
              red: { when: 'from', value: 1 },
            },
            'sum(kafka_replica_under_replicated_partitions)',
          ),
          stat(
            {
              title: 'Fenced brokers',
              description: 'Registered brokers whose heartbeats stopped. Must be 0.',
              unit: 'none',
              red: { when: 'from', value: 1 },
            },
            'max(kafka_controller_fenced_brokers)',
          ),
        ]
      : []),
    stat(
      {
        title: 'Active brokers',
        description: 'Brokers that may lead partitions, as the controllers count them.',
        unit: 'none',
        red: { when: 'below', value: platform.clusters[0].nodes.length },
      },
      'max(kafka_controller_active_brokers)',
    ),
    stat(
      {
        title: 'Partitions',
        description: 'Of the whole cluster, internal topics included, without their replicas.',
        unit: 'none',
      },
      'max(kafka_controller_partitions)',
    ),
  ],
});

const throughput = (platform: Platform): Row => ({
  title: 'Throughput',
  panels: [
    timeseries(
      {
        title: 'Records in',
        description: 'A sudden fall means that producers have stopped or are being refused.',
        unit: 'ops',
      },
      query('rate(kafka_broker_messages_in_total[$__rate_interval])', '{{node}}'),
    ),
    timeseries(
      {
        title: 'Bytes in',
        description: isReplicated(platform)
          ? 'From producers. One node far above the others leads too many busy partitions, or a key is hot.'
          : 'From producers.',
        unit: 'Bps',
      },
      query('rate(kafka_broker_bytes_in_total[$__rate_interval])', '{{node}}'),
    ),
    timeseries(
      {
        title: 'Bytes out',
        description:
          'To consumers. Far above bytes in: many groups, or one that reads from the start.',
        unit: 'Bps',
      },
      query('rate(kafka_broker_bytes_out_total[$__rate_interval])', '{{node}}'),
    ),
    ...(isReplicated(platform)
      ? [
          timeseries(
            {
              title: 'Replication in',
              description:
                'From the leaders that a node follows. High without bytes in: a replica is catching up.',
              unit: 'Bps',
            },
            query('rate(kafka_broker_replication_bytes_in_total[$__rate_interval])', '{{node}}'),
          ),
        ]
      : []),
    timeseries(
      {
        title: 'Failed produce requests',
        description: `Should be 0; producers log why: ${[
          ...(isReplicated(platform) ? ['not enough replicas'] : []),
          ...(isSecured(platform) ? ['no right to the topic'] : []),
          'records that are too large',
        ].join(', ')}.`,
        unit: 'ops',
      },
      query('rate(kafka_broker_failed_produce_requests_total[$__rate_interval])', '{{node}}'),
    ),
  ],
});

const requests = (platform: Platform): Row => ({
  title: 'Requests',
  panels: [
    timeseries(
      {
        title: 'Produce, 99th percentile',
        description: isReplicated(platform)
          ? 'With acks=all this includes the slowest in-sync follower.'
          : 'From the arrival of a request to its answer.',
        unit: 's',
      },
      query('kafka_request_produce_p99_seconds', '{{node}}'),
    ),
    timeseries(
      {
        title: 'Consumer fetch, 99th percentile',
        description:
          'Half a second is normal on quiet topics: a fetch waits for records up to fetch.max.wait.ms.',
        unit: 's',
      },
      query('kafka_request_fetch_consumer_p99_seconds', '{{node}}'),
    ),
    ...(isReplicated(platform)
      ? [
          timeseries(
            {
              title: 'Follower fetch, 99th percentile',
              description:
                'Half a second is normal when idle (replica.fetch.wait.max.ms). Above it, followers fall behind.',
              unit: 's',
            },
            query('kafka_request_fetch_follower_p99_seconds', '{{node}}'),
          ),
        ]
      : []),
    timeseries(
      {
        title: 'Request queue',
        description:
          'Requests that wait for a handler. Steadily above 0 means that handlers are too few or the disk too slow.',
        unit: 'none',
      },
      query('kafka_request_queue_size', '{{node}}'),
    ),
    timeseries(
      {
        title: 'Request handlers idle',
        description: 'Below 20 % requests queue and latency rises.',
        unit: 'percentunit',
      },
      query('kafka_request_handler_idle_ratio', '{{node}}'),
    ),
    timeseries(
      {
        title: 'Network processors idle',
        description: `Below 30 % connections wait. ${isSecured(platform) ? 'TLS and many' : 'Many'} reconnects cost most.`,
        unit: 'percentunit',
      },
      query('kafka_network_processor_idle_ratio', '{{node}}'),
    ),
  ],
});

const replication: Row = {
  title: 'Replication',
  panels: [
    timeseries(
      {
        title: 'Under-replicated by leader',
        description: 'All nodes but one above 0: the one at 0 is the one that lags or is down.',
        unit: 'none',
      },
      query('kafka_replica_under_replicated_partitions', '{{node}}'),
    ),
    timeseries(
      {
        title: 'ISR changes',
        description:
          'Shrinks followed by expands, over and over, are a follower that cannot keep up: disk, network or garbage collection.',
        unit: 'ops',
      },
      query('rate(kafka_replica_isr_shrinks_total[$__rate_interval])', 'shrinks {{node}}'),
      query('rate(kafka_replica_isr_expands_total[$__rate_interval])', 'expands {{node}}'),
    ),
    timeseries(
      {
        title: 'Leaders and replicas',
        description:
          'Leaders should be spread evenly; a node that has just restarted gets its own back within minutes.',
        unit: 'none',
      },
      query('kafka_replica_leaders', 'leaders {{node}}'),
      query('kafka_replica_partitions', 'replicas {{node}}'),
    ),
    timeseries(
      {
        title: 'Not led by the preferred replica',
        description:
          'Returns to 0 by itself (auto.leader.rebalance.enable) after a node comes back.',
        unit: 'none',
      },
      query('max(kafka_controller_preferred_replica_imbalance)', 'partitions'),
    ),
    timeseries(
      {
        title: 'Unclean leader elections',
        description: 'Any step up is lost data.',
        unit: 'none',
      },
      query('sum(kafka_controller_unclean_leader_elections_total)', 'elections'),
    ),
  ],
};

const controllers = (platform: Platform): Row => ({
  title: isReplicated(platform) ? 'Controllers (KRaft)' : 'Controller (KRaft)',
  panels: isReplicated(platform)
    ? [...quorum, ageOfMetadata]
    : [
        timeseries(
          {
            title: 'Quorum epoch',
            description: 'Each step is an election: one per start.',
            unit: 'none',
          },
          query('kafka_raft_current_epoch', '{{node}}'),
        ),
        ageOfMetadata,
      ],
});

const quorum: readonly Panel[] = [
  timeseries(
    {
      title: 'Quorum leader, as each node sees it',
      description: 'One line: all agree. -1 is a node that knows no leader.',
      unit: 'none',
    },
    query('kafka_raft_current_leader', '{{node}}'),
  ),
  timeseries(
    {
      title: 'Quorum epoch',
      description: 'Each step is an election. Steps without restarts: controllers lose each other.',
      unit: 'none',
    },
    query('kafka_raft_current_epoch', '{{node}}'),
  ),
  timeseries(
    {
      title: 'Metadata records not committed yet',
      description: 'Near 0. Growing: the quorum has no majority.',
      unit: 'none',
    },
    query('kafka_raft_log_end_offset - kafka_raft_high_watermark', '{{node}}'),
  ),
  timeseries(
    {
      title: 'Metadata offset of controllers',
      description: 'The lines run together. One that stays behind cannot take over quickly.',
      unit: 'none',
    },
    query('kafka_controller_last_applied_record_offset', '{{node}}'),
  ),
  timeseries(
    {
      title: 'Voters',
      description: 'The same number on all nodes; a majority of it must be up.',
      unit: 'none',
    },
    query('kafka_raft_voters', '{{node}}'),
  ),
];

const ageOfMetadata = timeseries(
  {
    title: 'Age of metadata',
    description:
      'Below a second or so: a record is written twice a second even when nothing happens. Growing: this node acts on old metadata.',
    unit: 's',
  },
  query('kafka_controller_last_applied_record_lag_seconds', 'controller {{node}}'),
  query('kafka_broker_metadata_lag_seconds', 'broker {{node}}'),
);

const jvm = (platform: Platform): Row => ({
  title: 'JVM',
  panels: [
    timeseries(
      {
        title: 'Heap in use',
        description:
          'A saw tooth is healthy. A floor that rises towards 100 % ends in long pauses.',
        unit: 'percentunit',
      },
      query(
        'jvm_memory_used_bytes{job="kafka",area="heap"} / jvm_memory_max_bytes{job="kafka",area="heap"}',
        '{{node}}',
      ),
    ),
    timeseries(
      {
        title: 'Time in garbage collection',
        description: `Above 10 % the node stops answering for noticeable times${
          isReplicated(platform) ? ' and drops out of ISRs' : ''
        }.`,
        unit: 'percentunit',
      },
      query(
        'sum by (node) (rate(jvm_gc_collection_seconds_sum{job="kafka"}[$__rate_interval]))',
        '{{node}}',
      ),
    ),
    timeseries(
      {
        title: 'Open files',
        description:
          'Share of the limit. A broker that reaches it stops taking connections and halts.',
        unit: 'percentunit',
      },
      query('process_open_fds{job="kafka"} / process_max_fds{job="kafka"}', '{{node}}'),
    ),
    timeseries(
      {
        title: 'Uptime',
        description: 'Falls to 0 with each start.',
        unit: 's',
      },
      query('time() - process_start_time_seconds{job="kafka"}', '{{node}}'),
    ),
  ],
});

const disk = ({ clusters: [{ nodes }] }: Platform): Row => ({
  title: 'Disk',
  panels: [
    timeseries(
      {
        title: 'Disk in use',
        description: `Kafka's data on a node, as a share of the ${nodes[0].diskGigabytes} GB that cluster.disk of krafter.yaml says. What else is on the disk is not in it: df -h.`,
        unit: 'percentunit',
      },
      query(`sum by (node) (kafka_log_size_bytes) / ${nodes[0].diskGigabytes}e9`, '{{node}}'),
    ),
    timeseries(
      {
        title: 'Data',
        description: 'All partitions of a node.',
        unit: 'bytes',
      },
      query('sum by (node) (kafka_log_size_bytes)', '{{node}}'),
    ),
    timeseries(
      {
        title: 'Growth',
        description:
          'Steadily above 0 after the longest retention has passed: more comes in than leaves, and the disk will fill.',
        unit: 'Bps',
      },
      query('sum by (node) (deriv(kafka_log_size_bytes[1h]))', '{{node}}'),
    ),
  ],
});

const connections = (platform: Platform): Row => ({
  title: 'Connections',
  panels: [
    timeseries(
      {
        title: 'Open connections',
        description:
          'A climb without end is a client that opens connections and never closes them; a saw tooth one that reconnects.',
        unit: 'none',
      },
      query('sum by (node, listener) (kafka_connections)', '{{node}} {{listener}}'),
    ),
    ...(isSecured(platform) ? [failedLogins] : []),
  ],
});

const failedLogins = timeseries(
  {
    title: 'Failed logins',
    description: 'A wrong password or certificate, tried again and again.',
    unit: 'ops',
  },
  query(
    'sum by (node, listener) (rate(kafka_authentication_failures_total[$__rate_interval]))',
    '{{node}} {{listener}}',
  ),
);

const certificates: Row = {
  title: 'Certificates',
  panels: [
    stat(
      {
        title: 'Days left',
        description:
          'Until a certificate expires: security/certs.sh renew NODE, then restart that node.',
        unit: 'd',
        red: { when: 'below', value: 30 },
      },
      `(${certificateMetric} - time()) / 86400`,
      '{{certificate}}',
    ),
  ],
};
