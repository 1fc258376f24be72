import { Kafka } from 'kafkajs';

const kafka = new Kafka({ brokers: [process.env.KAFKA_BROKER ?? ''] });
// expect KP006
export const producer = kafka.producer({ allowAutoTopicCreation: false });
