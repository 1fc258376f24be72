import type { LogEntry } from 'kafkajs';

/**
 * Why no coordinator was found, the client only writes to its log: an ACL that is missing reads like
 * a broker that is away. This keeps the last such reason.
 */
export class HiddenErrors {
  #last: Error | undefined;

  notice({ log }: LogEntry): void {
    if (log.error instanceof Error) {
      this.#last = log.error;
    }
  }

  /** The error, or the reason that the client hides behind it. */
  behind(error: unknown): unknown {
    const hiding = error instanceof Error && error.name === 'KafkaJSGroupCoordinatorNotFound';
    return hiding ? (this.#last ?? error) : error;
  }
}
