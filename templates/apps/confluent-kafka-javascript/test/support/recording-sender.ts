import type { Sender } from '../../src/kafka/sender.ts';
import type { OutgoingRecord } from '../../src/kafka/records.ts';

export interface Sent {
  partition: number;
  values: string[];
}

/** Stands where Kafka is: keeps what it is given, and answers what the test wants. */
export class RecordingSender implements Sender {
  readonly sent: Sent[] = [];
  closed = false;
  /** May throw, or wait, before a batch counts as written. */
  onSend: (batch: Sent) => Promise<void> | void = () => undefined;
  #next = 100n;

  async send(partition: number, records: readonly OutgoingRecord[]): Promise<bigint[]> {
    const batch = { partition, values: records.map(({ value }) => String(value)) };
    await this.onSend(batch);
    this.sent.push(batch);
    return records.map(() => this.#next++);
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}
