import type { Message } from '@platformatic/kafka';
import type { ConsumedRecord } from './records.ts';

export function consumedRecord(message: Message): ConsumedRecord {
  const { topic, partition, offset, timestamp, leaderEpoch, key, value, headerEntries } = message;
  // Null on the wire is undefined here, whatever the client's types say.
  const bytes = (buffer: Buffer | undefined) => buffer ?? null;
  return {
    ...{ topic, partition, offset, timestamp, leaderEpoch },
    key: bytes(key),
    value: bytes(value),
    headers: headerEntries.map(([name, header]) => [name, bytes(header)]),
  };
}
