import { below, type Mutation, replace } from './mutation.ts';

const file = 'orders/src/main/resources/application.yml';

export const streamsMutations: readonly Mutation[] = [
  {
    base: 'spring',
    name: 'state has one copy',
    expects: 'KS002',
    file: 'orders/src/main/resources/application-prod.yml',
    change: replace('replication-factor: 3', 'replication-factor: 1'),
  },
  {
    base: 'spring',
    name: 'state is kept in /tmp',
    expects: 'KS003',
    file,
    change: replace('state-dir: /var/lib/order-totals', 'state-dir: /tmp/order-totals'),
  },
  {
    base: 'spring',
    name: 'a static member of the new protocol',
    expects: 'KS006',
    file,
    change: below(
      'num.standby.replicas',
      'group.protocol: streams',
      `group.instance.id: \${HOSTNAME}`,
    ),
    line: 'group.instance.id',
  },
  {
    base: 'spring',
    name: 'transactions time out before they are committed',
    expects: 'KS007',
    file,
    change: below('num.standby.replicas', 'commit.interval.ms: 30000'),
  },
  {
    base: 'spring',
    name: 'a setting that nobody may change',
    expects: 'KS008',
    file,
    change: below('num.standby.replicas', 'consumer.enable.auto.commit: true'),
  },
  {
    base: 'spring',
    name: 'another application at each start',
    expects: 'KS010',
    file,
    change: replace('application-id: order-totals', `application-id: order-totals-\${random.uuid}`),
  },
  {
    base: 'spring',
    name: 'a release that leaks memory',
    expects: 'KS011',
    file: 'orders/pom.xml',
    change: replace(
      '<version>4.1.2</version>\n    </dependency>\n    <dependency>\n      <groupId>org.springframework.kafka</groupId>\n      <artifactId>spring-kafka-test',
      '<version>4.1.0</version>\n    </dependency>\n    <dependency>\n      <groupId>org.springframework.kafka</groupId>\n      <artifactId>spring-kafka-test',
    ),
  },
  {
    base: 'spring',
    name: 'state is thrown away at each start',
    expects: 'KS014',
    file,
    change: below('state-dir:', 'cleanup:', '  on-startup: true'),
    line: 'on-startup: true',
  },
];
