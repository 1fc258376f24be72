import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Producer, stringSerializers } from '@platformatic/kafka';
import { execa } from 'execa';
import { consumerClientPath } from '../artifacts/clients/index.ts';
import { clientOptions } from '../cluster/connect.ts';
import { groupLag } from '../cluster/observe.ts';
import { removeMembers } from '../cluster/remove-members.ts';
import { type Drill, type DrillContext, outcome } from './drill.ts';
import { deleteGroup, withTopic } from './topics.ts';
import { until } from './wait.ts';
import type { TransferJob } from './workers/transfer.ts';

const records = 3000;
const partitions = 3;
const kills = 4;

/** Consume, process, produce in transactions, killed in the middle again and again. */
export const exactlyOnce: Drill = {
  id: 'exactly-once',
  title: `${records.toLocaleString('en')} records through transactions, killed ${kills} times`,
  notFor: () => undefined,
  async run(context) {
    const { access, runId, tell } = context;
    const from = `krafter-drill-in-${runId}`;
    const to = `krafter-drill-out-${runId}`;
    const group = `krafter-drill-transfer-${runId}`;
    const isolation =
      context.properties(consumerClientPath)['isolation.level'] === 'read_uncommitted'
        ? 'read_uncommitted'
        : 'read_committed';
    return withTopic(access(), from, partitions, () =>
      withTopic(access(), to, partitions, async () => {
        await fill(context, from);
        const job: TransferJob = {
          access: access(),
          from,
          to,
          group,
          transactionalId: `krafter-drill-${runId}`,
          batch: 50,
          pauseBeforeCommitMs: 100,
        };
        let committed = 0;
        for (let kill = 1; kill <= kills; kill++) {
          committed += await transferUntilKilled(context, job, kill);
          tell(`killed ${kill} of ${kills} times, ${committed} records committed so far`);
        }
        // Nobody is killed any more: no need to hold transactions open.
        const finished = await transferUntilDone(context, { ...job, pauseBeforeCommitMs: 0 });
        const [output, raw] = await Promise.all([
          countValues(context, to, isolation),
          countValues(context, to, 'read_uncommitted'),
        ]);
        const aborted = total(raw) - records;
        await deleteGroup(access(), group);
        const missing = Array.from({ length: records }, (_, id) => String(id)).filter(
          (id) => !output.has(id),
        ).length;
        const twice = [...output.values()].filter((times) => times > 1).length;
        return outcome(
          {
            input: records,
            output: total(output),
            missing,
            duplicates: twice,
            kills,
            recordsOfAbortedTransactions: aborted,
            isolation,
          },
          [
            !finished && 'the transfer did not finish in 90 s',
            missing > 0 && `${missing} records are missing from the output`,
            twice > 0 && `${twice} records are in the output more than once`,
            aborted === 0 && 'no kill fell into a transaction, so nothing was proven',
          ],
        );
      }),
    );
  },
};

async function fill({ access }: DrillContext, topic: string): Promise<void> {
  const producer = new Producer({
    ...clientOptions(access(), 'krafter-drill'),
    serializers: stringSerializers,
  });
  try {
    for (let start = 0; start < records; start += 500) {
      await producer.send({
        messages: Array.from({ length: 500 }, (_, index) => {
          const id = String(start + index);
          return { topic, key: id, value: id, partition: (start + index) % partitions };
        }),
      });
    }
  } finally {
    await producer.close();
  }
}

/** The worker beside this file: a source here, a bundled file in the package. */
const workerFile = (): string => {
  const source = join(import.meta.dirname, 'workers', 'transfer.ts');
  return existsSync(source) ? source : join(import.meta.dirname, 'transfer-worker.js');
};

function startTransfer({ signal }: DrillContext, job: TransferJob) {
  return execa(process.execPath, ['--disable-warning=ExperimentalWarning', workerFile()], {
    input: JSON.stringify(job),
    reject: false,
    cancelSignal: signal,
    stderr: 'pipe',
    stdout: 'pipe',
    buffer: { stdout: false },
    timeout: 120_000,
  });
}

/**
 * Lets the worker commit so often, kills it between the next write and its commit, and returns how
 * many records it had committed.
 */
async function transferUntilKilled(
  context: DrillContext,
  job: TransferJob,
  commits: number,
): Promise<number> {
  let complaint = '';
  for (let attempt = 1; attempt <= startAttempts; attempt++) {
    const worker = startTransfer(context, job);
    let committed = 0;
    let seen = 0;
    let sentAfter = false;
    worker.stdout?.on('data', (chunk: Buffer) => {
      for (const line of String(chunk).split('\n')) {
        const [what, count] = line.split(' ');
        if (what === 'committed') {
          committed += Number(count);
          seen++;
        } else if (what === 'sent' && seen >= commits && !sentAfter) {
          sentAfter = true;
          worker.kill('SIGKILL');
        }
      }
    });
    const tooLong = setTimeout(() => worker.kill('SIGKILL'), 30_000);
    complaint = String((await worker).stderr);
    clearTimeout(tooLong);
    context.signal.throwIfAborted();
    // The coordinator would wait out the session of a dead member; a drill need not.
    await removeMembers(context.access(), job.group);
    if (sentAfter) return committed;
  }
  throw new Error(`the transfer never got into a transaction: ${complaint.slice(-300)}`);
}

/** A coordinator that has just moved refuses once or twice; whatever supervises a service restarts it. */
const startAttempts = 5;

async function transferUntilDone(context: DrillContext, job: TransferJob): Promise<boolean> {
  for (let attempt = 1; attempt <= startAttempts; attempt++) {
    if (await transferUntilEmpty(context, job)) return true;
  }
  return false;
}

/** Whether everything was transferred before the worker ended by itself or the time was over. */
async function transferUntilEmpty(context: DrillContext, job: TransferJob): Promise<boolean> {
  const worker = startTransfer(context, job);
  worker.stdout?.resume();
  try {
    let ended = false;
    void worker.then(() => {
      ended = true;
    });
    const isEmpty = async () => (await groupLag(context.access(), job.group, job.from)).lag === 0;
    await until(async () => ended || (await isEmpty()), {
      timeoutMs: 60_000,
      signal: context.signal,
    });
    return await isEmpty();
  } finally {
    worker.kill('SIGKILL');
    await worker;
    await removeMembers(context.access(), job.group);
  }
}

/**
 * How often each value is there. Read by Kafka's own consumer: the client used elsewhere here hides
 * one aborted transaction of a producer per fetch, and shows the others.
 */
async function countValues(
  { control }: DrillContext,
  topic: string,
  isolation: 'read_committed' | 'read_uncommitted',
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const value of await control.readValues(topic, isolation)) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, times) => sum + times, 0);
