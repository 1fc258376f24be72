import { randomUUID } from 'node:crypto';
import { DeliveryFailed, KafkaRefused } from './failures.ts';
import { headers, headerText, type Headers } from './headers.ts';
import type { Publisher } from './publisher.ts';
import type { ConsumedRecord, OutgoingRecord } from './records.ts';

export interface DeadLetter {
  record: ConsumedRecord;
  errorClass: string;
  message: string;
  attempts: number;
}

/** Sets records aside. An offset may be committed only after its dead letter is acknowledged. */
export class DeadLetters {
  readonly #publisher: Pick<Publisher, 'publish'>;
  readonly #topic: string;
  readonly #groupId: string;

  constructor(publisher: Pick<Publisher, 'publish'>, topic: string, groupId: string) {
    this.#publisher = publisher;
    this.#topic = topic;
    this.#groupId = groupId;
  }

  /**
   * Takes each letter out of the set once all in-sync replicas have it. What is left when it throws
   * DeliveryFailed can be sent again; KafkaRefused means that the topic won't ever take it.
   */
  async send(letters: Set<DeadLetter>): Promise<void> {
    const failedAt = new Date();
    const sent = await Promise.allSettled(
      [...letters].map(async (letter) => {
        await this.#publisher.publish(deadLetter(letter, this.#groupId, failedAt));
        letters.delete(letter);
      }),
    );
    const failures = sent.flatMap((one) =>
      one.status === 'rejected' ? [one.reason as Error] : [],
    );
    const [failure] = [...failures.filter(isForGood), ...failures];
    if (failure) {
      throw isForGood(failure)
        ? new KafkaRefused(`Dead letters can't be written to ${this.#topic}: ${failure.message}`, {
            cause: failure,
          })
        : failure;
    }
  }
}

function isForGood(error: Error): boolean {
  return error instanceof DeliveryFailed && error.kind !== 'timeout';
}

/** The record as it was, with the headers that say where it stood and why it is here. */
export function deadLetter(letter: DeadLetter, groupId: string, failedAt: Date): OutgoingRecord {
  const { key, value } = letter.record;
  return { key, value, headers: deadLetterHeaders(letter, groupId, failedAt) };
}

function deadLetterHeaders(letter: DeadLetter, groupId: string, failedAt: Date): Headers {
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
