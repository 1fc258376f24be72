import { Kafka } from 'kafkajs';

const kafka = new Kafka({ brokers: [process.env.KAFKA_BROKER ?? ''] });
// expect KC013
const consumer = kafka.consumer({ groupId: 'workers' });
await consumer.subscribe({ topics: ['orders'] });
