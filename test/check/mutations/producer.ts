import { append, below, type Mutation, remove, replace } from './mutation.ts';

const settings = 'prod/shop/producer.properties';
const prices = 'pricing/src/main/java/com/acme/Prices.java';
const parcels = 'shipping/src/main/kotlin/com/acme/Parcels.kt';
const spring = 'orders/src/main/resources/application.yml';

export const producerMutations: readonly Mutation[] = [
  {
    base: 'services',
    name: 'Java waits for nobody',
    expects: 'KP001',
    file: prices,
    change: replace('ACKS_CONFIG, "all"', 'ACKS_CONFIG, "0"'),
  },
  {
    base: 'services',
    name: 'Kotlin waits for the leader only',
    expects: 'KP004',
    file: parcels,
    change: replace('ACKS_CONFIG, "all"', 'ACKS_CONFIG, "1"'),
  },
  {
    base: 'production',
    name: 'idempotence is switched off',
    expects: 'KP003',
    file: settings,
    change: replace('enable.idempotence=true', 'enable.idempotence=false'),
  },
  {
    base: 'services',
    name: 'ten requests in flight, with idempotence by default',
    expects: 'KP005',
    file: prices,
    change: below(
      'LINGER_MS_CONFIG',
      'properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 10);',
    ),
  },
  {
    base: 'compose, SCRAM, Python',
    name: 'ten requests in flight beside idempotence',
    expects: 'KP005',
    file: 'clients/producer.properties',
    change: replace('per.connection=5', 'per.connection=10'),
  },
  {
    base: 'spring',
    name: 'ten requests in flight beside idempotence',
    expects: 'KP005',
    file: spring,
    change: replace('per.connection: 5', 'per.connection: 10'),
  },
  {
    base: 'services',
    name: 'Go retries without idempotence',
    expects: 'KP003',
    file: 'stock/stock.go',
    change: replace('"enable.idempotence": true', '"enable.idempotence": false'),
  },
  {
    base: 'spring',
    name: 'a delivery that is over before its first try',
    expects: 'KP007',
    file: spring,
    change: replace('delivery.timeout.ms: 120000', 'delivery.timeout.ms: 10000'),
  },
  {
    base: 'production',
    name: 'one retry',
    expects: 'KP008',
    file: settings,
    change: append('retries=1'),
  },
  {
    base: 'production',
    name: 'a batch of sixteen bytes',
    expects: 'KP009',
    file: settings,
    change: replace('batch.size=65536', 'batch.size=16'),
  },
  {
    base: 'spring',
    name: 'transactions without idempotence',
    expects: 'KP011',
    file: 'billing/src/main/resources/application.yml',
    change: below('transaction.timeout.ms', 'enable.idempotence: false'),
  },
  {
    base: 'spring',
    name: 'transactions of an hour',
    expects: 'KP013',
    file: 'billing/src/main/resources/application.yml',
    change: replace('transaction.timeout.ms: 60000', 'transaction.timeout.ms: 3600000'),
  },
  {
    base: 'spring',
    name: 'nobody looks whether an order was stored',
    expects: 'KP014',
    file: 'orders/src/main/java/com/acme/orders/Orders.java',
    change: replace(
      '    return template.send("orders", id, order);',
      '    template.send("orders", id, order);\n    return CompletableFuture.completedFuture(null);',
    ),
  },
  {
    base: 'services',
    name: 'nobody waits for a mail to be stored',
    expects: 'KP014',
    file: 'mail/src/mail.ts',
    change: replace('await producer.send', 'producer.send'),
  },
  {
    base: 'services',
    name: 'each bill waits for the one before it',
    expects: 'KP015',
    file: 'billing/bills.py',
    change: replace('        producer.poll(0)\n    producer.flush()', '        producer.flush()'),
  },
  {
    base: 'services',
    name: 'each price waits for the one before it',
    expects: 'KP015',
    file: prices,
    change: replace(
      `    List<Future<RecordMetadata>> sent =
        prices.stream().map(price -> producer.send(new ProducerRecord<>(TOPIC, price))).toList();
    for (Future<RecordMetadata> one : sent) {
      one.get();
    }`,
      `    for (String price : prices) {
      producer.send(new ProducerRecord<>(TOPIC, price)).get();
    }`,
    ),
    line: 'producer.send(',
  },
  {
    base: 'services',
    name: 'a producer for each parcel',
    expects: 'KP016',
    file: parcels,
    change: replace(
      '        for (parcel in parcels) {\n',
      '        for (parcel in parcels) {\n            val producer = KafkaProducer<String, String>(Properties())\n',
    ),
    line: 'val producer = KafkaProducer<String, String>(Properties())',
  },
  {
    base: 'services',
    name: 'bills wait in a queue when the program ends',
    expects: 'KP017',
    file: 'billing/bills.py',
    change: replace('        producer.poll(0)\n    producer.flush()\n', ''),
    line: 'producer.produce(',
  },
  {
    base: 'services',
    name: 'a method that Kafka 4 no longer has',
    expects: 'KP019',
    file: parcels,
    change: replace('poll(Duration.ofSeconds(1))', 'poll(1_000L)'),
  },
  {
    base: 'services',
    name: 'Python sends keys elsewhere than Kotlin',
    expects: 'KP020',
    file: 'billing/bills.py',
    change: remove('"partitioner": '),
    line: 'producer.produce(',
    across: true,
  },
  {
    base: 'production',
    name: 'one acknowledgement, and idempotence',
    expects: 'KP026',
    file: settings,
    change: replace('acks=all', 'acks=1'),
  },
  {
    base: 'compose, plain, Spring',
    name: 'one acknowledgement, and idempotence',
    expects: 'KP026',
    file: 'clients/producer.properties',
    change: replace('acks=all', 'acks=1'),
  },
  {
    base: 'services',
    name: 'Python retries without idempotence',
    expects: 'KP006',
    file: 'billing/bills.py',
    change: remove('"enable.idempotence"'),
    line: 'producer = Producer(',
  },
];
