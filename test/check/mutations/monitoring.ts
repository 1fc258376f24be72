import { append, type Mutation, remove, replace } from './mutation.ts';

const rules = 'prod/kafka.rules.yml';

export const monitoringMutations: readonly Mutation[] = [
  {
    base: 'monitoring',
    name: 'nobody is told of partitions without a leader',
    expects: 'KO002',
    file: rules,
    change: replace(
      'kafka_controller_kafkacontroller_offlinepartitionscount > 0',
      'sum(kafka_controller_kafkacontroller_activecontrollercount) != 1',
    ),
  },
  {
    base: 'monitoring',
    name: 'nobody is told of lag',
    expects: 'KO003',
    file: rules,
    line: 'offlinepartitionscount',
    change: replace(
      'sum(kafka_consumergroup_lag) by (consumergroup) > 50',
      'sum(kafka_brokers) < 3',
    ),
  },
  {
    base: 'monitoring',
    name: 'lag is told at every hiccup',
    expects: 'KO004',
    file: rules,
    change: remove('for: 10m'),
    line: 'kafka_consumergroup_lag',
  },
  {
    base: 'monitoring',
    name: 'an alert on sessions of ZooKeeper',
    expects: 'KO005',
    file: rules,
    change: append(
      '      - alert: Sessions',
      '        expr: kafka_server_sessionexpirelistener_zookeeperexpirespersec_count > 0',
      '        for: 5m',
    ),
    line: 'zookeeper',
  },
  {
    base: 'monitoring',
    name: 'a panel on what the exporter leaves out',
    expects: 'KO009',
    file: 'prod/dashboard.json',
    change: replace(
      'kafka_server_replicamanager_leadercount',
      'kafka_network_requestchannel_requestqueuesize',
    ),
    across: true,
  },
  {
    base: 'monitoring',
    name: 'the exporter leaves out what a panel shows',
    expects: 'KO009',
    file: 'prod/dashboard.json',
    line: 'leadercount',
    change: {
      'prod/jmx.yml': replace('name: kafka_server_$1_$2', 'name: kafka_broker_$1_$2'),
      [rules]: replace(
        'kafka_server_replicamanager_underreplicatedpartitions',
        'kafka_broker_replicamanager_underreplicatedpartitions',
      ),
    },
    across: true,
  },
  {
    base: 'compose, SCRAM, Python',
    name: 'an alert on a metric that is called otherwise',
    expects: 'KO009',
    file: 'monitoring/alerts.yml',
    change: replace(
      'expr: kafka_replica_under_min_isr_partitions > 0',
      'expr: kafka_replica_under_min_isr_partition_count > 0',
    ),
    survives:
      'kafka_replica_ and kafka_topic_ are what other exporters call theirs too, so nobody can tell who makes them.',
  },
  {
    base: 'compose, SCRAM, Python',
    name: 'the exporter renames what a panel shows',
    expects: 'KO009',
    file: 'monitoring/grafana/dashboards/topics.json',
    line: 'kafka_topic_bytes_out_total',
    change: {
      'monitoring/jmx-exporter.yml': replace(
        'name: kafka_topic_bytes_out_total',
        'name: kafka_topic_sent_bytes_total',
      ),
    },
    survives:
      'kafka_replica_ and kafka_topic_ are what other exporters call theirs too, so nobody can tell who makes them.',
  },
  {
    base: 'compose, SCRAM, Python',
    name: 'an alert on a metric of the controller that is called otherwise',
    expects: 'KO009',
    file: 'monitoring/alerts.yml',
    change: replace(
      'max(kafka_controller_offline_partitions)',
      'max(kafka_controller_offline_partition_count)',
    ),
    across: true,
  },
  {
    base: 'machines, SCRAM, Java',
    name: 'the exporter renames what an alert asks for',
    expects: 'KO009',
    file: 'monitoring/alerts.yml',
    line: 'expr: max(kafka_controller_fenced_brokers)',
    change: {
      'monitoring/jmx-exporter.yml': replace(
        'name: kafka_controller_fenced_brokers',
        'name: kafka_controller_brokers_fenced',
      ),
    },
    across: true,
  },
];
