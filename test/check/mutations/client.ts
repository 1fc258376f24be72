import { type Mutation, remove, replace } from './mutation.ts';

const spring = 'orders/src/main/resources/application.yml';
const production = 'orders/src/main/resources/application-prod.yml';

export const clientMutations: readonly Mutation[] = [
  {
    base: 'services',
    name: 'addresses are written into the program',
    expects: 'KL001',
    file: 'billing/bills.py',
    change: replace('os.environ["KAFKA_BOOTSTRAP"]', '"10.0.0.7:9092,10.0.0.8:9092"'),
    line: 9,
  },
  {
    base: 'services',
    name: 'addresses are written into the service for mails',
    expects: 'KL001',
    file: 'mail/src/mail.ts',
    change: replace(
      "(process.env.KAFKA_BROKERS ?? '').split(',')",
      "['10.0.0.7:9092', '10.0.0.8:9092']",
    ),
  },
  {
    base: 'spring',
    name: 'all clients start from one broker',
    expects: 'KL002',
    file: production,
    change: replace(
      'kafka-1.acme.example:9093,kafka-2.acme.example:9093',
      'kafka-1.acme.example:9093',
    ),
  },
  {
    base: 'spring',
    name: 'a blank between servers',
    expects: 'KL003',
    file: production,
    change: replace('example:9093,kafka-2', 'example:9093 kafka-2'),
  },
  {
    base: 'services',
    name: 'a client that nobody maintains',
    expects: 'KL004',
    file: 'stock/go.mod',
    change: replace(
      'github.com/confluentinc/confluent-kafka-go/v2 v2.12.0',
      'github.com/Shopify/sarama v1.38.1',
    ),
  },
  {
    base: 'services',
    name: 'a client that Kafka 4 does not talk to',
    expects: 'KL005',
    file: 'pricing/build.gradle',
    change: replace('kafka-clients:4.3.1', 'kafka-clients:1.1.0'),
  },
  {
    base: 'spring',
    name: 'both Kafka and the listener commit',
    expects: 'KL009',
    file: spring,
    change: replace('enable-auto-commit: false', 'enable-auto-commit: true'),
  },
  {
    base: 'spring',
    name: 'a broker for tests goes to production',
    expects: 'KL010',
    file: 'orders/pom.xml',
    change: remove('<scope>test</scope>'),
    line: 19,
  },
];
