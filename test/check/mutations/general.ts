import { append, below, type Mutation, replace } from './mutation.ts';

const broker = 'kafka/broker-1/server.properties';

export const generalMutations: readonly Mutation[] = [
  {
    base: 'machines, one broker, Node.js',
    name: 'a key that Kafka does not know',
    expects: 'KG001',
    file: broker,
    change: replace('num.network.threads', 'num.netwrok.threads'),
  },
  {
    base: 'strimzi',
    name: 'a key that Kafka does not know',
    expects: 'KG001',
    file: 'topics.yaml',
    change: replace('retention.ms', 'retenton.ms'),
  },
  {
    base: 'compose, one broker, Go',
    name: 'a key that is gone',
    expects: 'KG002',
    file: broker,
    change: append('zookeeper.connect=zookeeper:2181'),
  },
  {
    base: 'compose, one broker, Go',
    name: 'a value that Kafka refuses',
    expects: 'KG004',
    file: broker,
    change: replace('num.io.threads=8', 'num.io.threads=eight'),
  },
  {
    base: 'compose, SCRAM, Python',
    name: 'a value that consumers refuse',
    expects: 'KG004',
    file: 'clients/consumer.properties',
    change: replace('auto.offset.reset=earliest', 'auto.offset.reset=first'),
  },
  {
    base: 'image',
    name: 'a value that brokers refuse',
    expects: 'KG004',
    file: 'compose.yaml',
    change: replace('AUTO_CREATE_TOPICS_ENABLE: "false"', 'AUTO_CREATE_TOPICS_ENABLE: "no"'),
  },
  {
    base: 'services',
    name: 'a value that librdkafka refuses',
    expects: 'KG004',
    file: 'billing/bills.py',
    change: replace('"auto.offset.reset": "earliest"', '"auto.offset.reset": "first"'),
    survives:
      'What values librdkafka takes is not in the catalogue of keys yet; only its names and defaults are.',
  },
  {
    base: 'compose, plain, Spring',
    name: 'a key that is set twice',
    expects: 'KG005',
    file: broker,
    change: append('num.partitions=12'),
    line: 'num.partitions=6',
  },
  {
    base: 'compose, plain, Spring',
    name: 'a comment behind a value',
    expects: 'KG006',
    file: broker,
    change: replace('num.partitions=6', 'num.partitions=6 # as many as consumers'),
  },
  {
    base: 'compose, plain, Spring',
    name: 'a suppression of what is not there',
    expects: 'KG902',
    file: broker,
    change: below('num.partitions=6', '# krafter: ignore[KB001] it is off'),
  },
  {
    base: 'compose, plain, Spring',
    name: 'a suppression of a rule that does not exist',
    expects: 'KG903',
    file: broker,
    change: below('num.partitions=6', '# krafter: ignore[KB999] nobody has it'),
  },
  {
    base: 'machines, one broker, Node.js',
    name: 'a key that will go',
    expects: 'KG003',
    file: broker,
    change: append('remote.log.manager.thread.pool.size=10'),
  },
  {
    base: 'compose, plain, Spring',
    name: 'a suppression that does not say why',
    expects: 'KG901',
    file: broker,
    change: below('num.partitions=6', '# krafter: ignore[KB001]'),
  },
];
