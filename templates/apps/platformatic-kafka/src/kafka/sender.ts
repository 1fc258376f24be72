import { ProduceAcks, Producer, type MessageToProduce } from '@platformatic/kafka';
import { clientOptions } from './client.ts';
import type { Cluster } from './cluster.ts';
import type { OutgoingRecord } from './records.ts';

/** The seam to Kafka: writes records to one partition, and says where each of them stands. */
export interface Sender {
  send(partition: number, records: readonly OutgoingRecord[]): Promise<bigint[]>;
  close(): Promise<void>;
}

/**
 * An idempotent producer for one topic. Use it for one send at a time: after a send was given up,
 * the client starts a new producer id with sequence numbers from zero, and a second send under way
 * at that moment could be taken for a duplicate by the broker.
 */
export function kafkaSender(cluster: Cluster, topic: string, deliveryTimeoutMs: number): Sender {
  const producer = new Producer({
    ...clientOptions(cluster),
    idempotent: true,
    acks: ProduceAcks.ALL,
    compression: 'lz4',
    // Shorter than the delivery timeout, so that a broker that hangs leaves time for another try.
    timeout: 10_000,
    requestTimeout: 12_000,
    // The client counts retries instead of time; they are up to a second apart.
    retries: Math.max(2, Math.ceil(deliveryTimeoutMs / 1000)),
  });
  return {
    async send(partition, records) {
      const { offsets } = await producer.send({
        messages: records.map((record) => messageToProduce(topic, partition, record)),
      });
      // They are one batch, which the broker stores in one piece.
      const first = offsets?.[0]?.offset;
      return records.map((_, index) => (first === undefined ? -1n : first + BigInt(index)));
    },
    async close() {
      await producer.close();
    },
  };
}

export function messageToProduce(
  topic: string,
  partition: number,
  record: OutgoingRecord,
): MessageToProduce {
  // A null key, value or header is null on the wire too; the client's types don't say so. A map by
  // identity of its buffers keeps a header name that occurs twice.
  return {
    topic,
    partition,
    key: record.key,
    value: record.value,
    headers: new Map(record.headers),
  } as unknown as MessageToProduce;
}
