import { Kafka } from 'kafkajs';

const kafka = new Kafka({ brokers: [process.env.KAFKA_BROKER ?? ''] });
const consumer = kafka.consumer({ groupId: 'billing' });
// expect KT020
await consumer.subscribe({ topic: 'payments' });
