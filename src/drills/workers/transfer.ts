/**
 * Copies one topic to another in transactions until it is killed: the consume-process-produce
 * loop of exactly once (KIP-98). Started by the drill as a process of its own; settings on stdin.
 */
import { text } from 'node:stream/consumers';
import {
  Consumer,
  FetchIsolationLevels,
  type Message,
  MessagesStreamFallbackModes,
  MessagesStreamModes,
  ProduceAcks,
  Producer,
} from '@platformatic/kafka';
import { type ClusterAccess, clientOptions } from '../../cluster/connect.ts';

export type TransferJob = {
  readonly access: ClusterAccess;
  readonly from: string;
  readonly to: string;
  readonly group: string;
  readonly transactionalId: string;
  /** Records in a transaction. */
  readonly batch: number;
  /** Milliseconds between the last write and the commit: the window in which a kill hurts. */
  readonly pauseBeforeCommitMs: number;
};

const job = JSON.parse(await text(process.stdin)) as TransferJob;
const options = clientOptions(job.access, 'krafter-drill-transfer');

const producer = new Producer({
  ...options,
  transactionalId: job.transactionalId,
  idempotent: true,
  acks: ProduceAcks.ALL,
});
// Before the group is joined, because it aborts what a killed predecessor left open: the offsets
// that are read next must be those of finished transactions. -1 is "no producer id yet" (KIP-360).
let transaction = await producer.beginTransaction({ producerId: -1n, producerEpoch: -1 });

const consumer = new Consumer({
  ...options,
  groupId: job.group,
  sessionTimeout: 10_000,
  autocommit: false,
  isolationLevel: FetchIsolationLevels.READ_COMMITTED,
  maxWaitTime: 100,
});
const stream = await consumer.consume({
  topics: [job.from],
  mode: MessagesStreamModes.COMMITTED,
  fallbackMode: MessagesStreamFallbackModes.EARLIEST,
});

let batch: Message<Buffer, Buffer, Buffer, Buffer>[] = [];
for await (const message of stream) {
  batch.push(message as (typeof batch)[number]);
  // Whole batches only: what is left of the input stays a multiple of them.
  if (batch.length < job.batch) continue;
  await transfer(batch);
  batch = [];
}

async function transfer(messages: typeof batch): Promise<void> {
  await transaction.addConsumer(consumer);
  await transaction.send({
    messages: messages.map(({ key, value, partition }) => ({
      topic: job.to,
      key,
      value,
      partition,
    })),
  });
  const last = new Map(messages.map((message) => [message.partition, message]));
  for (const message of last.values()) await transaction.addOffset(message);
  process.stdout.write(`sent ${messages.length}\n`);
  await new Promise((resolve) => setTimeout(resolve, job.pauseBeforeCommitMs));
  await transaction.commit();
  process.stdout.write(`committed ${messages.length}\n`);
  transaction = await producer.beginTransaction();
  process.stdout.write(`${messages.length}\n`);
}
