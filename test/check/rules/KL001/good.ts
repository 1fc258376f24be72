import { Kafka } from 'kafkajs';

const brokers = process.env.KAFKA_BROKERS ?? 'localhost:9092';
const kafka = new Kafka({ clientId: 'shop', brokers: brokers.split(',') });
export const producer = kafka.producer({ idempotent: true });
