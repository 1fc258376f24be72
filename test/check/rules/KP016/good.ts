import { Kafka } from 'kafkajs';

const kafka = new Kafka({ brokers: [process.env.KAFKA_BROKER ?? ''] });

export async function send(orders: readonly string[]): Promise<void> {
  const producer = kafka.producer({ idempotent: true });
  await producer.connect();
  for (const value of orders) await producer.send({ topic: 'orders', messages: [{ value }] });
  await producer.disconnect();
}
