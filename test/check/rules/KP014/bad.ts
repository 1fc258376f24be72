import { Kafka } from 'kafkajs';

const kafka = new Kafka({ brokers: [process.env.KAFKA_BROKER ?? ''] });
const producer = kafka.producer({ idempotent: true });

export async function order(id: string): Promise<void> {
  // expect KP014
  producer.send({ topic: 'orders', messages: [{ key: id, value: '{}' }] });
}
