import { Kafka } from 'kafkajs';

const kafka = new Kafka({ brokers: [process.env.KAFKA_BROKER ?? ''] });
const consumer = kafka.consumer({ groupId: 'billing' });
await consumer.subscribe({ topics: ['orders'] });
await consumer.subscribe({ topic: process.env.TOPIC ?? 'payments' });
