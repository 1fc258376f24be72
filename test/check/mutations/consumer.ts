import { append, below, type Mutation, remove, replace } from './mutation.ts';

const spring = 'orders/src/main/resources/application.yml';

export const consumerMutations: readonly Mutation[] = [
  {
    base: 'services',
    name: 'Go commits what is not yet done',
    expects: 'KC001',
    file: 'stock/stock.go',
    change: replace('"enable.auto.commit": false', '"enable.auto.commit": true'),
  },
  {
    base: 'services',
    name: 'Python commits what is not yet done',
    expects: 'KC001',
    file: 'billing/bills.py',
    change: replace('"enable.auto.commit": False', '"enable.auto.commit": True'),
  },
  {
    base: 'spring',
    name: 'offsets are committed outside the transaction',
    expects: 'KC002',
    file: 'billing/src/main/resources/application.yml',
    change: replace('enable-auto-commit: false', 'enable-auto-commit: true'),
  },
  {
    base: 'spring',
    name: 'a strategy that stops the whole group',
    expects: 'KC003',
    file: spring,
    change: below(
      'max.poll.interval.ms',
      'partition.assignment.strategy: org.apache.kafka.clients.consumer.RoundRobinAssignor',
    ),
  },
  {
    base: 'production',
    name: 'a session with the new protocol',
    expects: 'KC005',
    file: 'prod/shop/consumer.properties',
    change: append('group.protocol=consumer', 'session.timeout.ms=30000'),
    line: 'session.timeout.ms',
  },
  {
    base: 'spring',
    name: 'heartbeats as rare as the session is long',
    expects: 'KC007',
    file: spring,
    change: replace('heartbeat.interval.ms: 3000', 'heartbeat.interval.ms: 45000'),
  },
  {
    base: 'spring',
    name: 'a session of two hours',
    expects: 'KC008',
    file: spring,
    change: replace('session.timeout.ms: 45000', 'session.timeout.ms: 7200000'),
  },
  {
    base: 'spring',
    name: 'a consumer may hang for a day',
    expects: 'KC009',
    file: spring,
    change: replace('max.poll.interval.ms: 300000', 'max.poll.interval.ms: 86400000'),
  },
  {
    base: 'quarkus',
    name: 'what transactions have taken back is read',
    expects: 'KC010',
    file: 'src/main/resources/application.properties',
    change: replace('level=read_committed', 'level=read_uncommitted'),
  },
  {
    base: 'quarkus',
    name: 'Quarkus commits what is not yet done',
    expects: 'KC001',
    file: 'src/main/resources/application.properties',
    change: append('mp.messaging.incoming.read.enable.auto.commit=true'),
  },
  {
    base: 'spring',
    name: 'another group at each start',
    expects: 'KC012',
    file: spring,
    change: replace('group-id: orders', `group-id: orders-\${random.uuid}`),
  },
  {
    base: 'spring',
    name: 'billing takes the group of orders',
    expects: 'KC013',
    file: spring,
    line: 'group-id: orders',
    change: {
      'billing/src/main/resources/application.yml': replace(
        'group-id: billing',
        'group-id: orders',
      ),
    },
    across: true,
  },
  {
    base: 'spring',
    name: 'all instances are one member',
    expects: 'KC014',
    file: spring,
    change: below('max.poll.interval.ms', 'group.instance.id: orders-1'),
  },
  {
    base: 'spring',
    name: 'a serializer where records are read',
    expects: 'KC015',
    file: spring,
    change: replace(
      'value-deserializer: org.apache.kafka.common.serialization.StringDeserializer',
      'value-deserializer: org.apache.kafka.common.serialization.StringSerializer',
    ),
  },
  {
    base: 'spring',
    name: 'one lost heartbeat is enough',
    expects: 'KC029',
    file: spring,
    change: replace('heartbeat.interval.ms: 3000', 'heartbeat.interval.ms: 30000'),
  },
  {
    base: 'services',
    name: 'Python does not say that it commits by itself',
    expects: 'KC001',
    file: 'billing/bills.py',
    change: remove('"enable.auto.commit": '),
    line: 'consumer = Consumer(',
  },
];
