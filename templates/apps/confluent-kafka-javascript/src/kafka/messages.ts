import type { Message, MessageHeader } from '@confluentinc/kafka-javascript';
import type { ConsumedRecord, OutgoingRecord } from './records.ts';

export function consumedRecord(message: Message): ConsumedRecord {
  const { topic, partition, offset, timestamp, leaderEpoch, key, value, headers } = message;
  return {
    topic,
    partition,
    offset: BigInt(offset),
    timestamp: BigInt(timestamp ?? -1),
    leaderEpoch: leaderEpoch ?? -1,
    key: key === null || key === undefined ? null : Buffer.from(key),
    value,
    headers: (headers ?? []).flatMap((header) =>
      Object.entries(header).map(
        ([name, bytes]) => [Buffer.from(name), Buffer.from(bytes)] as const,
      ),
    ),
  };
}

/** The client refuses a header that is null, so it becomes an empty one. */
export function messageHeaders({ headers }: OutgoingRecord): MessageHeader[] {
  return headers.map(([name, value]) => ({ [name.toString()]: value ?? Buffer.alloc(0) }));
}
