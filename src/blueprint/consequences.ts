const comment =
  'It becomes a comment in topics/topics.conf; a second line of it would be a topic or a right.';

/** What Kafka would do with a wrong value, by the last name of its path. */
const consequences: Readonly<Record<string, string>> = {
  partitions:
    'Kafka creates no topic with fewer than one partition, and none can be taken away later.',
  name: 'Kafka, Docker and DNS each refuse other names.',
  retention: 'Kafka deletes records by this age; a wrong one deletes too early or fills the disk.',
  cleanup: 'Kafka knows delete (by age) and compact (the newest of each key).',
  brokers: 'Kafka refuses a topic with more copies than brokers.',
  heap: 'The JVM would not start with it.',
  disk: 'Kafka publishes no size of its disk: alerts that it fills would come too late, or always.',
  id: 'Kafka formats storage with this id and refuses data of another.',
  externalPort: 'Brokers advertise it; clients would be sent to a port where nobody listens.',
  port: 'The service would listen where nobody looks for it.',
  security: 'Listeners, users and rights follow from it.',
  tier: 'Brokers, replication and security follow from it.',
  produce: 'The authorizer denies what is not granted.',
  consume: 'The authorizer denies what is not granted.',
  groups: 'The authorizer denies groups that are not granted; a right names one by a word.',
  group: 'Kafka identifies a consumer group by it; a right names it by a word.',
  contents: comment,
  key: comment,
  keyReason: comment,
  throughput: 'Partitions are counted from it.',
  perPartition: 'The throughput is divided by it: that many partitions Kafka would have to make.',
  peakFactor: 'The peak is divided by it, for what the disks hold.',
};

export function consequence(path: readonly PropertyKey[]): { why?: string } {
  const names = path.filter((part) => typeof part === 'string');
  const why = consequences[String(names.at(-1))];
  return why ? { why } : {};
}
