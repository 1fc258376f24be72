import type { BaseEvent } from '../../src/domain-types.ts';
import { headers } from '../../src/kafka/headers.ts';
import type { ConsumedRecord } from '../../src/kafka/consumed-record.ts';

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
