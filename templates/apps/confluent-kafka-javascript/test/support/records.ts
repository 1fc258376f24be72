import type { BaseEvent } from '../../src/domain-types.ts';
import { headers } from '../../src/kafka/headers.ts';
import type { ConsumedRecord, OutgoingRecord } from '../../src/kafka/records.ts';

export function record(offset: number, value: BaseEvent | string | null): ConsumedRecord {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  return {
    topic: 'events',
    partition: 0,
    offset: BigInt(offset),
    timestamp: 1_767_600_000_000n,
    leaderEpoch: 0,
    key: Buffer.from('ada'),
    value: text === null ? null : Buffer.from(text),
    headers: headers({ 'correlation-id': `correlation-${offset}` }),
  };
}

export function outgoing(value: string): OutgoingRecord & { key: Buffer } {
  return { key: Buffer.from('ada'), value: Buffer.from(value), headers: [] };
}
