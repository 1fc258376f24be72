import { randomUUID } from 'node:crypto';
import { headers, headerText, type Headers } from './headers.ts';
import { partitionOf } from './partitioner.ts';
import type { Lane } from './lane.ts';
import type { ConsumedRecord } from './consumed-record.ts';
import type { Topic } from './topic-watch.ts';

export interface DeadLetter {
  record: ConsumedRecord;
  errorClass: string;
  message: string;
  attempts: number;
}

/** Sets records aside. An offset may be committed only after its dead letter is acknowledged. */
export class DeadLetters {
  readonly #topic: Topic;
  readonly #lane: Lane;
  readonly #groupId: string;

  constructor(topic: Topic, lane: Lane, groupId: string) {
    this.#topic = topic;
    this.#lane = lane;
    this.#groupId = groupId;
  }

  /** Resolves once all in-sync replicas have all of them. */
  async send(letters: readonly DeadLetter[]): Promise<void> {
    if (letters.length === 0) {
      return;
    }
    const partitions = await this.#topic.partitionCount();
    const failedAt = new Date();
    await Promise.all(
      letters.map((letter) => {
        const { key, value, partition } = letter.record;
        const record = { key, value, headers: deadLetterHeaders(letter, this.#groupId, failedAt) };
        const target = key ? partitionOf(key, partitions) : partition % partitions;
        return this.#lane.deliver(target, { record, expired: false });
      }),
    );
  }

  async close(): Promise<void> {
    await this.#lane.close();
  }
}

/** The record's own headers, then where it stood and why it is here. */
export function deadLetterHeaders(letter: DeadLetter, groupId: string, failedAt: Date): Headers {
  const { record, errorClass, message, attempts } = letter;
  const added = headers({
    'dlq-original-topic': record.topic,
    'dlq-original-partition': String(record.partition),
    'dlq-original-offset': String(record.offset),
    'dlq-original-timestamp': String(record.timestamp),
    'dlq-error-class': errorClass,
    'dlq-error-message': message,
    'dlq-attempts': String(attempts),
    'dlq-failed-at': failedAt.toISOString(),
    'dlq-consumer-group': groupId,
  });
  // A record that was put back from a dead letter topic and failed again tells its last failure only.
  const names = new Set(added.map(([name]) => name.toString()));
  const kept = record.headers.filter(([name]) => !names.has(name.toString()));
  const correlation =
    headerText(record.headers, 'correlation-id') === undefined
      ? headers({ 'correlation-id': randomUUID() })
      : [];
  return [...kept, ...correlation, ...added];
}
