import { below, type Mutation, remove, replace } from './mutation.ts';

const file = 'compose.yaml';

export const composeMutations: readonly Mutation[] = [
  {
    base: 'production-compose',
    name: 'an image that is another one tomorrow',
    expects: 'KD001',
    file: 'prod/compose.yaml',
    change: replace('apache/kafka:4.3.1', 'apache/kafka:latest'),
  },
  {
    base: 'image',
    name: 'an image that can not be pulled any more',
    expects: 'KD002',
    file,
    change: replace(
      'topics:\n    image: apache/kafka:4.3.1',
      'topics:\n    image: bitnami/kafka:4.0.0',
    ),
  },
  {
    base: 'image',
    name: "another image's name for a setting",
    expects: 'KD004',
    file,
    change: replace('KAFKA_DEFAULT_REPLICATION_FACTOR', 'KAFKA_CFG_DEFAULT_REPLICATION_FACTOR'),
  },
  {
    base: 'production-compose',
    name: 'records go with the container',
    expects: 'KD005',
    file: 'prod/compose.yaml',
    change: remove('volumes: ["data:'),
    line: 'kafka-1:',
  },
  {
    base: 'image',
    name: 'a broker that listens in its container only',
    expects: 'KD007',
    file,
    change: replace('INSIDE://:9092,HOST', 'INSIDE://localhost:9092,HOST'),
  },
  {
    base: 'image',
    name: 'a heap as large as all the memory',
    expects: 'KD008',
    file,
    change: replace('mem_limit: 1g', 'mem_limit: 512m'),
    line: 'KAFKA_HEAP_OPTS',
  },
  {
    base: 'image',
    name: 'a broker that may do everything with its machine',
    expects: 'KD010',
    file,
    change: below('- kafka:/var/lib', '- /var/run/docker.sock:/var/run/docker.sock'),
  },
  {
    base: 'image',
    name: 'a program asks where nobody listens',
    expects: 'KD012',
    file,
    change: replace(
      'image: shop:1.4.0\n    environment:\n      KAFKA_BOOTSTRAP_SERVERS: kafka:9092',
      'image: shop:1.4.0\n    environment:\n      KAFKA_BOOTSTRAP_SERVERS: kafka:19092',
    ),
  },
  {
    base: 'images',
    name: 'a program asks where nobody listens',
    expects: 'KD012',
    file,
    change: replace('kafka-1:9092,kafka-2:9092', 'kafka-1:9092,kafka-2:9192'),
  },
  {
    base: 'production-compose',
    name: 'a variable without which the image ends',
    expects: 'KD013',
    file: 'prod/compose.yaml',
    change: remove('KAFKA_SSL_KEY_CREDENTIALS'),
    line: 'kafka-1:',
  },
  {
    base: 'image',
    name: 'clients on the host are sent to a port that is not published',
    expects: 'KD016',
    file,
    change: replace('"29092:29092"', '"39092:29092"'),
    line: 'KAFKA_ADVERTISED_LISTENERS',
  },
  {
    base: 'images',
    name: 'a copied service keeps its number',
    expects: 'KB039',
    file,
    change: replace('KAFKA_NODE_ID: 2', 'KAFKA_NODE_ID: 1'),
  },
  {
    base: 'image',
    name: 'a program asks at the port for the host',
    expects: 'KD012',
    file,
    change: replace(
      'CONNECT_BOOTSTRAP_SERVERS: kafka:9092',
      'CONNECT_BOOTSTRAP_SERVERS: kafka:9095',
    ),
  },
  {
    base: 'image',
    name: 'a broker waits for ZooKeeper in an image that has none',
    expects: 'KD003',
    file,
    change: (text) =>
      text
        .replace(/ {6}KAFKA_(PROCESS_ROLES|CONTROLLER_\w+): .*\n/g, '')
        .replace(/,CONTROLLER:[^\n]*/g, '')
        .replace('KAFKA_LOG_DIRS', 'KAFKA_ZOOKEEPER_CONNECT: zookeeper:2181\n      KAFKA_LOG_DIRS'),
    line: 'KAFKA_ZOOKEEPER_CONNECT',
  },
];
