import type { Headers } from './headers.ts';

/** A record as it was read, in bytes. */
export interface ConsumedRecord {
  topic: string;
  partition: number;
  offset: bigint;
  timestamp: bigint;
  /** -1 where the client doesn't know it. */
  leaderEpoch: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: Headers;
}

export interface OutgoingRecord {
  key: Buffer | null;
  value: Buffer | null;
  headers: Headers;
}

/** Where an acknowledged record stands. */
export interface Acknowledgement {
  partition: number;
  offset: bigint;
}

export interface AddressedRecord {
  topic: string;
  record: OutgoingRecord;
}
