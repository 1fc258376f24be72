import { Kafka } from 'kafkajs';

const kafka = new Kafka({ brokers: [process.env.KAFKA_BROKER ?? ''] });
const consumer = kafka.consumer({ groupId: 'forwarding' });

await consumer.run({
  eachMessage: async ({ message }) => {
    // expect KP016
    const producer = kafka.producer({ idempotent: true });
    await producer.connect();
    await producer.send({ topic: 'forwarded', messages: [{ value: message.value }] });
    await producer.disconnect();
  },
});
