import rdkafka, {
  type Message,
  type TopicPartition,
  type TopicPartitionOffset,
} from '@confluentinc/kafka-javascript';
import { EventEmitter } from 'node:events';
import type { NativeConsumer, OnRebalance } from '../../src/kafka/native-consumer.ts';

const { ERRORS } = rdkafka.CODES;

type Done<Answer> = (error: Error | null, answer?: Answer) => void;

/** A client without brokers: it returns what it is given, and notes what it is told. */
export class FakeConsumer extends EventEmitter {
  readonly told: string[] = [];
  readonly committed: TopicPartitionOffset[] = [];
  readonly waiting: Message[] = [];
  commitError: Error | null = null;
  pollError: Error | null = null;
  lost = false;
  #onRebalance: OnRebalance = () => undefined;

  /** For the subscription, instead of one that connects. */
  readonly create = (_cluster: unknown, _group: unknown, onRebalance: OnRebalance) => {
    this.#onRebalance = onRebalance;
    return this as unknown as NativeConsumer;
  };

  assign(...partitions: number[]): void {
    this.#rebalance(ERRORS.ERR__ASSIGN_PARTITIONS, partitions);
  }

  revoke(...partitions: number[]): void {
    this.#rebalance(ERRORS.ERR__REVOKE_PARTITIONS, partitions);
  }

  consume(max: number, done: Done<Message[]>): void {
    setImmediate(() => {
      done(this.pollError, this.waiting.splice(0, max));
      this.pollError = null;
    });
  }

  connect(_options: unknown, done: Done<unknown>): void {
    done(null);
  }

  subscribe = () => undefined;

  commitCb(offsets: TopicPartitionOffset[], done: Done<never>): void {
    this.committed.push(...(this.commitError ? [] : offsets));
    setImmediate(() => {
      done(this.commitError);
    });
  }

  assignmentLost = () => this.lost;
  isConnected = () => false;
  setDefaultConsumeTimeout = () => undefined;
  incrementalAssign(partitions: TopicPartition[]): void {
    this.#note('assign', partitions);
  }

  incrementalUnassign(partitions: TopicPartition[]): void {
    this.#note('unassign', partitions);
  }

  pause(partitions: TopicPartition[]): void {
    this.#note('pause', partitions);
  }

  resume(partitions: TopicPartition[]): void {
    this.#note('resume', partitions);
  }

  #note(what: string, partitions: TopicPartition[]): void {
    this.told.push(`${what} ${partitions.map(({ partition }) => partition).join()}`);
  }

  #rebalance(code: number, numbers: number[]): void {
    const error = Object.assign(new Error('rebalance'), { code, errno: code, origin: 'local' });
    this.#onRebalance(
      error,
      numbers.map((partition) => ({ topic: 'events', partition })),
    );
  }
}
