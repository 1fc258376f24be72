import { Kafka, Partitioners, type Producer } from 'kafkajs';
import { GROUP, topics } from './topics.js';

const kafka = new Kafka({
  clientId: 'carts',
  brokers: (process.env.KAFKA_BROKERS ?? 'localhost:9092').split(','),
});
const consumer = kafka.consumer({ groupId: GROUP, sessionTimeout: 20_000 });

export class Carts {
  private readonly producer: Producer = kafka.producer({
    allowAutoTopicCreation: false,
    idempotent: process.env.IDEMPOTENT === 'true',
    maxInFlightRequests: 5,
    createPartitioner: Partitioners.DefaultPartitioner,
  });

  async add(cart: { id: string }): Promise<void> {
    this.producer.send({
      topic: topics.carts,
      acks: 1,
      messages: [{ key: cart.id, value: JSON.stringify(cart) }],
    });
  }

  async checkout(carts: { id: string }[]): Promise<void> {
    for (const cart of carts) {
      await this.producer.send({ topic: topics.checkouts, messages: [{ value: cart.id }] });
    }
  }
}

export async function main(): Promise<void> {
  await consumer.connect();
  await consumer.subscribe({ topics: [topics.carts, /shop\..*/], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ message }) => {
      const producer = kafka.producer();
      await producer.send({ topic: 'shop.mail', messages: [{ value: message.value }] });
    },
  });
}
