import { type Mutation, replace } from './mutation.ts';

const python = 'app/src/platform_app/kafka/config.py';
const java = 'app/src/main/java/com/example/platform/kafka/ClientConfig.java';

/** In the applications that krafter generates. */
export const codeMutations: readonly Mutation[] = [
  {
    base: 'compose, SCRAM, Python',
    name: 'Python waits for nobody',
    expects: 'KP001',
    file: python,
    change: replace('"acks": "all"', '"acks": 0'),
    survives:
      'The map of settings goes through a parameter of KafkaSender: only what is made in the same function or in those that it calls is followed.',
  },
  {
    base: 'compose, SCRAM, Python',
    name: 'Python sends without idempotence',
    expects: 'KP003',
    file: python,
    change: replace('"enable.idempotence": True', '"enable.idempotence": False'),
    survives:
      'The map of settings goes through a parameter of KafkaSender: only what is made in the same function or in those that it calls is followed.',
  },
  {
    base: 'compose, SCRAM, Python',
    name: 'Python has ten requests in flight',
    expects: 'KP005',
    file: python,
    change: replace('connection": 5', 'connection": 10'),
    survives:
      'The map of settings goes through a parameter of KafkaSender: only what is made in the same function or in those that it calls is followed.',
  },
  {
    base: 'compose, SCRAM, Python',
    name: 'Python commits what is not yet done',
    expects: 'KC001',
    file: python,
    change: replace('"enable.auto.commit": False', '"enable.auto.commit": True'),
    survives:
      'The map of settings goes through a parameter of KafkaSender: only what is made in the same function or in those that it calls is followed.',
  },
  {
    base: 'compose, one broker, Go',
    name: 'Go waits for the leader only',
    expects: 'KP002',
    file: 'app/internal/kafka/producer.go',
    change: replace('kgo.AllISRAcks()', 'kgo.LeaderAck()'),
    survives:
      'The options come through append from three functions; what is not known as a whole is not judged.',
  },
  {
    base: 'machines, one broker, Node.js',
    name: 'Node.js waits for the leader only',
    expects: 'KP002',
    file: 'app/src/kafka/sender.ts',
    change: replace('ProduceAcks.ALL', 'ProduceAcks.LEADER'),
  },
  {
    base: 'machines, one broker, Node.js',
    name: 'Node.js sends without idempotence',
    expects: 'KP003',
    file: 'app/src/kafka/sender.ts',
    change: replace('idempotent: true', 'idempotent: false'),
  },
  {
    base: 'machines, SCRAM, Java',
    name: 'Java waits for the leader only',
    expects: 'KP026',
    file: java,
    change: replace('ACKS_CONFIG, "all"', 'ACKS_CONFIG, "1"'),
  },
  {
    base: 'machines, SCRAM, Java',
    name: 'Java sends without idempotence',
    expects: 'KP011',
    file: java,
    change: replace('ENABLE_IDEMPOTENCE_CONFIG, true', 'ENABLE_IDEMPOTENCE_CONFIG, false'),
  },
  {
    base: 'machines, SCRAM, Java',
    name: 'Java has ten requests in flight',
    expects: 'KP005',
    file: java,
    change: replace('PER_CONNECTION, 5', 'PER_CONNECTION, 10'),
  },
  {
    base: 'machines, SCRAM, aiokafka',
    name: 'aiokafka waits for nobody',
    expects: 'KP001',
    file: 'app/src/platform_app/kafka/config.py',
    change: replace('"acks": "all"', '"acks": 0'),
  },
  {
    base: 'machines, SCRAM, aiokafka',
    name: 'aiokafka sends without idempotence',
    expects: 'KP003',
    file: 'app/src/platform_app/kafka/config.py',
    change: replace('"enable_idempotence": True', '"enable_idempotence": False'),
  },
  {
    base: 'machines, SCRAM, aiokafka',
    name: 'aiokafka commits outside its transactions',
    expects: 'KC002',
    file: 'app/src/platform_app/kafka/config.py',
    change: replace('"enable_auto_commit": False', '"enable_auto_commit": True'),
  },
  {
    base: 'compose, one broker, kafkajs',
    name: 'kafkajs waits for nobody',
    expects: 'KP001',
    file: 'app/src/kafka/sender.ts',
    change: replace('acks: -1', 'acks: 0'),
    survives:
      'The producer comes out of a promise that a variable keeps; what it sends is not known to be its.',
  },
  {
    base: 'compose, one broker, kafkajs',
    name: 'kafkajs sends without idempotence',
    expects: 'KP003',
    file: 'app/src/kafka/sender.ts',
    change: replace('idempotent: true', 'idempotent: false'),
  },
  {
    base: 'compose, one broker, confluent-kafka-go',
    name: 'confluent-kafka-go waits for the leader only',
    expects: 'KP002',
    file: 'app/internal/kafka/config.go',
    change: replace('"acks":               "all"', '"acks":               "1"'),
    survives: 'The map is put together in a loop over other maps, which is not followed.',
  },
  {
    base: 'compose, one broker, kafka-go',
    name: 'kafka-go waits for the leader only',
    expects: 'KP002',
    file: 'app/internal/kafka/writer.go',
    change: replace('kafka.RequireAll', 'kafka.RequireOne'),
  },
  {
    base: 'compose, one broker, kafka-go',
    name: 'kafka-go waits for nobody',
    expects: 'KP001',
    file: 'app/internal/kafka/writer.go',
    change: replace('kafka.RequireAll', 'kafka.RequireNone'),
  },
  {
    base: 'compose, SCRAM, confluent-kafka-javascript',
    name: 'confluent-kafka-javascript waits for nobody',
    expects: 'KP001',
    file: 'app/src/kafka/client.ts',
    change: replace('acks: -1', 'acks: 0'),
  },
  {
    base: 'compose, SCRAM, confluent-kafka-javascript',
    name: 'confluent-kafka-javascript sends without idempotence',
    expects: 'KP003',
    file: 'app/src/kafka/client.ts',
    change: replace("'enable.idempotence': true", "'enable.idempotence': false"),
  },
];
