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
];
