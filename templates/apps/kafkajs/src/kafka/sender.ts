import type { Producer } from 'kafkajs';
import { errorFields } from '../service/log.ts';
import { kafkaClient } from './client.ts';
import type { Cluster } from './cluster.ts';
import { compression } from './compression.ts';
import { credentialRefusal } from './errors.ts';
import { messageToProduce } from './messages.ts';
import { everyRecordHasItsPartition } from './partitioner.ts';
import type { OutgoingRecord } from './records.ts';

/** The seam to Kafka: writes records to one partition, and says where each of them stands. */
export interface Sender {
  send(partition: number, records: readonly OutgoingRecord[]): Promise<bigint[]>;
  close(): Promise<void>;
}

/**
 * An idempotent producer for one topic, to be used for one send at a time. When a send is given up,
 * the client takes its sequence numbers back, though the brokers may have them: the next batch of
 * the same length would pass for the lost one and be acknowledged unwritten. So after every failure
 * a new producer, with a new producer id, takes over.
 */
export function kafkaSender(cluster: Cluster, topic: string, deliveryTimeoutMs: number): Sender {
  let connected: Promise<Producer> | undefined;

  const open = async (): Promise<Producer> => {
    const producer = kafkaClient(cluster).producer({
      createPartitioner: everyRecordHasItsPartition,
      idempotent: true,
      // The client numbers batches when it sends them and serialises them by broker; more than one
      // at a time has no order.
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { retries: Math.max(2, Math.ceil(deliveryTimeoutMs / 1000)) },
    });
    await producer.connect();
    cluster.reached();
    return producer;
  };

  const close = async (): Promise<void> => {
    const closing = connected;
    connected = undefined;
    await (await closing?.catch(() => undefined))?.disconnect();
  };

  return {
    async send(partition, records) {
      try {
        const producer = await (connected ??= open());
        const [metadata] = await producer.send({
          topic,
          acks: -1,
          timeout: 10_000,
          compression,
          messages: records.map((record) => messageToProduce(partition, record)),
        });
        // They are one batch, which the broker stores in one piece; -1 if it had it already.
        const first = BigInt(metadata?.baseOffset ?? -1);
        return records.map((_, index) => (first < 0n ? first : first + BigInt(index)));
      } catch (error) {
        const refusal = credentialRefusal(error);
        if (refusal) {
          cluster.refused(refusal);
        }
        close().catch((closing: unknown) => {
          cluster.log.debug(errorFields(closing), 'could not close a producer');
        });
        throw error;
      }
    },
    close,
  };
}
