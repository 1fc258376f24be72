import type { Consumer, Message, MessagesStream } from '@platformatic/kafka';
import { setTimeout as sleep } from 'node:timers/promises';
import { consumedRecord } from './consumed-record.ts';
import { streamOptions } from './consumer-options.ts';
import type { ConsumedRecord } from './records.ts';

/** The client's stream of a topic's records, read when they are asked for. */
export class RecordStream {
  readonly #topic: string;
  readonly #failed: (error: Error) => void;
  #stream: MessagesStream<Buffer, Buffer, Buffer, Buffer> | undefined;
  #arrival = Promise.withResolvers<undefined>();

  constructor(topic: string, failed: (error: Error) => void) {
    this.#topic = topic;
    this.#failed = failed;
  }

  get isOpen(): boolean {
    return this.#stream !== undefined;
  }

  async open(consumer: Consumer): Promise<void> {
    const stream = await consumer.consume({ topics: [this.#topic], ...streamOptions });
    this.#stream = stream;
    stream.on('readable', () => {
      this.wake();
    });
    stream.on('error', this.#failed);
    stream.on('close', () => {
      this.#failed(new Error('The stream of records ended.'));
    });
  }

  read(): ConsumedRecord | undefined {
    const message = this.#stream?.read() as Message | null | undefined;
    return message ? consumedRecord(message) : undefined;
  }

  /** Resolves when there may be something to read, at the latest after this time. */
  async arrival(timeoutMs: number): Promise<void> {
    this.#arrival = Promise.withResolvers();
    await Promise.race([this.#arrival.promise, sleep(timeoutMs)]);
  }

  wake(): void {
    this.#arrival.resolve(undefined);
  }

  /** The offset that is fetched next. */
  next(partition: number): bigint | undefined {
    return this.#stream?.offsetsToFetch.get(this.#key(partition));
  }

  /** The client measures the lag from here. */
  committed(partition: number, offset: bigint): void {
    this.#stream?.offsetsCommitted.set(this.#key(partition), offset);
  }

  /**
   * The client remembers where it stopped reading a partition that it lost. Should the partition come
   * back, what counts is the committed offset, or the earliest if there is none.
   */
  keepOnly(partitions: readonly number[]): void {
    const kept = partitions.map((partition) => this.#key(partition));
    for (const key of this.#stream?.offsetsToFetch.keys() ?? []) {
      if (!kept.includes(key)) {
        this.#stream?.offsetsToFetch.delete(key);
      }
    }
  }

  async close(): Promise<void> {
    await this.#stream?.close();
  }

  #key(partition: number): string {
    return `${this.#topic}:${partition}`;
  }
}
