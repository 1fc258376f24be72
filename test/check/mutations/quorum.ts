import { append, type Mutation, remove, replace } from './mutation.ts';

const broker = 'prod/kafka/broker-1/server.properties';
const controller = 'prod/kafka/controller-1/server.properties';
const one = 'kafka/broker-1/server.properties';

export const quorumMutations: readonly Mutation[] = [
  {
    base: 'services',
    name: 'a second voter',
    expects: 'KR001',
    file: 'broker/server.properties',
    change: replace('voters=1@kafka-1:9093', 'voters=1@kafka-1:9093,2@kafka-2:9093'),
  },
  {
    base: 'images',
    name: 'a voter has another number than its node',
    expects: 'KR004',
    file: 'compose.yaml',
    change: replace(
      'KAFKA_BROKER_RACK: b\n      KAFKA_PROCESS_ROLES: broker,controller\n      KAFKA_CONTROLLER_QUORUM_VOTERS: 1@kafka-1:9093,2@',
      'KAFKA_BROKER_RACK: b\n      KAFKA_PROCESS_ROLES: broker,controller\n      KAFKA_CONTROLLER_QUORUM_VOTERS: 1@kafka-1:9093,4@',
    ),
  },
  {
    base: 'machines, one broker, Node.js',
    name: 'the listener of the controller has another name',
    expects: 'KR005',
    file: one,
    change: replace('controller.listener.names=CONTROLLER', 'controller.listener.names=QUORUM'),
  },
  {
    base: 'machines, one broker, Node.js',
    name: 'a node is not told what it is',
    expects: 'KR006',
    file: one,
    change: remove('process.roles='),
    line: 'node.id=',
  },
  {
    base: 'machines, one broker, Node.js',
    name: 'the controller is at 0.0.0.0',
    expects: 'KR007',
    file: one,
    change: replace('servers=kafka-1.shop.internal:9093', 'servers=0.0.0.0:9093'),
  },
  {
    base: 'production-compose',
    name: 'the id of a cluster from the documentation',
    expects: 'KR008',
    file: 'prod/compose.yaml',
    change: replace('xR3sVb9dQ1uE6yKp2mNfTw', 'MkU3OEVBNTcwNTJENDM2Qk'),
  },
  {
    base: 'production',
    name: 'only one broker knows how many partitions topics get',
    expects: 'KR012',
    file: broker,
    change: append('num.partitions=6'),
    across: true,
  },
  {
    base: 'production',
    name: 'a broker would join the quorum',
    expects: 'KR014',
    file: broker,
    change: append('controller.quorum.auto.join.enable=true'),
  },
  {
    base: 'production',
    name: 'a broker is not told where its controllers are',
    expects: 'KR015',
    file: broker,
    change: remove('controller.quorum.bootstrap.servers='),
    line: 'process.roles=',
  },
  {
    base: 'production',
    name: 'a controller without a number',
    expects: 'KR016',
    file: controller,
    change: remove('node.id='),
    line: 'process.roles=',
  },
  {
    base: 'machines, one broker, Node.js',
    name: 'the controller listens at another port',
    expects: 'KR017',
    file: one,
    change: replace('listeners=CONTROLLER://:9093', 'listeners=CONTROLLER://:9094'),
    survives:
      'advertised.listeners has the port that the quorum is told: another one may be mapped to it.',
  },
  {
    base: 'images',
    name: 'one node has the id of another cluster',
    expects: 'KR018',
    file: 'compose.yaml',
    change: replace(
      'xR3sVb9dQ1uE6yKp2mNfTw\n      KAFKA_NODE_ID: 3',
      'aR3sVb9dQ1uE6yKp2mNfTw\n      KAFKA_NODE_ID: 3',
    ),
  },
  {
    base: 'services',
    name: 'the voter is looked for at another port',
    expects: 'KR017',
    file: 'broker/server.properties',
    change: replace('1@kafka-1:9093', '1@kafka-1:9094'),
  },
  {
    base: 'images',
    name: 'two of three nodes no longer vote',
    expects: 'KR002',
    file: 'compose.yaml',
    change: (text) => {
      const alone = text.replaceAll(
        '1@kafka-1:9093,2@kafka-2:9093,3@kafka-3:9093',
        '1@kafka-1:9093',
      );
      const [first = '', ...others] = alone.split(/(?=\n {2}kafka-[23]:\n {4}image)/);
      const brokers = others.map((one) =>
        one.replace('broker,controller', 'broker').replace(/,CONTROLLER:\/\/.*/, ''),
      );
      return [first, ...brokers].join('');
    },
  },
];
