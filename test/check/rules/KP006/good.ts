import { Kafka } from 'kafkajs';

const kafka = new Kafka({ brokers: [process.env.KAFKA_BROKER ?? ''] });
export const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 5 });
export const slow = kafka.producer({ maxInFlightRequests: 1 });
