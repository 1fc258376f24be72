import { KafkaJS } from '@confluentinc/kafka-javascript';

const { Kafka } = KafkaJS;
const kafka = new Kafka({ kafkaJS: { brokers: [process.env.KAFKA_BROKER ?? ''] } });
const producer = kafka.producer({ kafkaJS: { idempotent: true } });

export async function order(id: string): Promise<void> {
  // expect KP014
  producer.send({ topic: 'orders', messages: [{ key: id, value: '{}' }] });
}
