const { KafkaJS } = require('@confluentinc/kafka-javascript');
const rdkafka = require('node-rdkafka');
const { Consumer, ProduceAcks, Producer } = require('@platformatic/kafka');

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: ['kafka-1:9092'] } });
const first = kafka.producer({ kafkaJS: { acks: 0, idempotent: false }, 'linger.ms': 10 });

const second = new rdkafka.Producer({ 'metadata.broker.list': 'kafka-1:9092', 'request.required.acks': 1 });
second.produce('shop.logs', null, Buffer.from('x'));

const third = new Producer({ clientId: 'logs', bootstrapBrokers: ['kafka-1:9092'], acks: ProduceAcks.LEADER });
const reader = new Consumer({ groupId: 'logs', bootstrapBrokers: ['kafka-1:9092'], autocommit: true });

async function run(logs) {
  await third.send({ messages: [{ topic: 'shop.logs', key: 'a', value: 'b' }] });
  void first.send({ topic: 'shop.logs', messages: logs });
  await reader.consume({ topics: ['shop.logs'] });
}
module.exports = { run };
