import type { KafkaMessage, Message } from 'kafkajs';
import { partitionOf } from './partitioner.ts';
import type { ConsumedRecord, OutgoingRecord } from './records.ts';

export function consumedRecord(
  topic: string,
  partition: number,
  { offset, timestamp, key, value, headers }: KafkaMessage,
): ConsumedRecord {
  return {
    topic,
    partition,
    offset: BigInt(offset),
    timestamp: BigInt(timestamp),
    leaderEpoch: -1,
    key,
    value,
    // The client puts the values of a name that occurs twice into one list.
    headers: Object.entries(headers ?? {}).flatMap(([name, values]) =>
      [values].flat().map((header) => [Buffer.from(name), bytes(header)] as const),
    ),
  };
}

/** The client fails on a header that is null, so it becomes an empty one. */
export function messageToProduce(partition: number, record: OutgoingRecord): Message {
  const headers: Record<string, Buffer[]> = {};
  for (const [name, value] of record.headers) {
    (headers[name.toString()] ??= []).push(value ?? Buffer.alloc(0));
  }
  return { partition, key: record.key, value: record.value, headers };
}

export function keyedMessage(record: OutgoingRecord, partitions: number): Message {
  return messageToProduce(partitionOf(record.key, partitions), record);
}

function bytes(header: Buffer | string | undefined): Buffer | null {
  return header === undefined ? null : Buffer.from(header);
}
