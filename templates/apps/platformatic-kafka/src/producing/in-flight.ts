/** An event may have 1 MiB: their number alone would not bound the memory that they take. */
export const MAX_BYTES_IN_FLIGHT = 128 * 1024 * 1024;

/** The events that wait for their acknowledgement. */
export class InFlight {
  readonly #maxEvents: number;
  #events = 0;
  #bytes = 0;

  constructor(maxEvents: number) {
    this.#maxEvents = maxEvents;
  }

  get events(): number {
    return this.#events;
  }

  /** Why one more has no room. */
  full(bytes: number): string | undefined {
    if (this.#events >= this.#maxEvents) {
      return `${this.#maxEvents} events are waiting for Kafka already.`;
    }
    return this.#bytes + bytes > MAX_BYTES_IN_FLIGHT
      ? `${this.#bytes} bytes are waiting for Kafka already.`
      : undefined;
  }

  enter(bytes: number): void {
    this.#events += 1;
    this.#bytes += bytes;
  }

  leave(bytes: number): void {
    this.#events -= 1;
    this.#bytes -= bytes;
  }
}
