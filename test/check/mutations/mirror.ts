import { append, type Mutation, replace, write } from './mutation.ts';

const flows = 'prod/mm2.properties';

export const mirrorMutations: readonly Mutation[] = [
  {
    base: 'mirror',
    name: 'topics keep their names on both sides',
    expects: 'KM001',
    file: flows,
    change: append(
      'replication.policy.class=org.apache.kafka.connect.mirror.IdentityReplicationPolicy',
    ),
    line: 'east->west.enabled',
  },
  {
    base: 'mirror',
    name: 'two aliases for one cluster',
    expects: 'KM003',
    file: flows,
    change: replace('east-1:9092,east-2:9092', 'west-1:9092,west-2:9092'),
  },
  {
    base: 'strimzi',
    name: 'a cluster is mirrored to itself',
    expects: 'KM003',
    file: 'mirror.yaml',
    change: replace('west-1:9093', 'shop-kafka-bootstrap:9093'),
  },
  {
    base: 'mirror',
    name: 'mirrored topics have one copy',
    expects: 'KM004',
    file: flows,
    change: replace('\nreplication.factor=3', '\nreplication.factor=1'),
  },
  {
    base: 'mirror',
    name: 'offsets are to be synced without checkpoints',
    expects: 'KM005',
    file: flows,
    change: replace('emit.checkpoints.enabled=true', 'emit.checkpoints.enabled=false'),
  },
  {
    base: 'strimzi',
    name: 'one connector of a mirror looks elsewhere',
    expects: 'KM006',
    file: 'mirror.yaml',
    change: replace(
      'sync.group.offsets.enabled: true\n          offset-syncs.topic.location: target',
      'sync.group.offsets.enabled: true',
    ),
    line: 'offset-syncs.topic.location',
  },
  {
    base: 'mirror',
    name: 'a script starts the first MirrorMaker',
    expects: 'KM008',
    file: 'copy.sh',
    change: write(
      '#!/bin/sh',
      'kafka-mirror-maker.sh --consumer.config consumer.properties --producer.config producer.properties --include ".*"',
    ),
    line: 'kafka-mirror-maker',
  },
  {
    base: 'mirror',
    name: 'a flow to a cluster that is not there',
    expects: 'KM012',
    file: flows,
    change: append('west->north.enabled=true'),
  },
  {
    base: 'mirror',
    name: 'no flow is switched on any more',
    expects: 'KM013',
    file: flows,
    change: (text) =>
      text.replace(/.*enabled=true\n/g, (line) => (line.includes('->') ? '' : line)),
    line: 'clusters=',
  },
  {
    base: 'mirror',
    name: 'a separator that no topic may have',
    expects: 'KM015',
    file: flows,
    change: append('replication.policy.separator=/'),
  },
  {
    base: 'mirror',
    name: 'a star for all topics',
    expects: 'KM016',
    file: flows,
    change: replace('west->east.topics=orders.*', 'west->east.topics=*'),
  },
];
