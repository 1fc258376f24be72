import { Kafka } from 'kafkajs';

// expect KL001
const kafka = new Kafka({ clientId: 'shop', brokers: ['kafka-1.shop.internal:9092'] });
export const producer = kafka.producer({ idempotent: true });
