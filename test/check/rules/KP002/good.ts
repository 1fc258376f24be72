import { ProduceAcks, Producer } from '@platformatic/kafka';

const bootstrapBrokers = (process.env.KAFKA_BOOTSTRAP ?? '').split(',');
export const idempotent = new Producer({ clientId: 'a', bootstrapBrokers, idempotent: true });
export const waiting = new Producer({ clientId: 'b', bootstrapBrokers, acks: ProduceAcks.ALL });
