import { KafkaJS } from '@confluentinc/kafka-javascript';

const { Kafka } = KafkaJS;
const kafka = new Kafka({
  kafkaJS: { clientId: 'mail', brokers: (process.env.KAFKA_BROKERS ?? '').split(',') },
});
const producer = kafka.producer({ kafkaJS: { acks: -1, idempotent: true } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'mail', autoCommit: false } });

export async function mail(to: string, text: string): Promise<void> {
  await producer.send({ topic: 'mails', messages: [{ key: to, value: text }] });
}

export async function read(handle: (text: string) => Promise<void>): Promise<void> {
  await consumer.subscribe({ topic: 'orders' });
  await consumer.run({
    eachMessage: async ({ topic, partition, message }) => {
      await handle(String(message.value));
      await consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]);
    },
  });
}
