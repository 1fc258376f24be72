import { setTimeout as sleep } from 'node:timers/promises';
import {
  CompressionAlgorithms,
  ProduceAcks,
  Producer,
  stringSerializers,
} from '@platformatic/kafka';
import { producerClientPath } from '../artifacts/clients/index.ts';
import { clientOptions, withAdmin } from '../cluster/connect.ts';
import { clusterHealth } from '../cluster/observe.ts';
import { readTopic } from '../cluster/read-topic.ts';
import { type Drill, type DrillContext, outcome } from './drill.ts';
import { outageSeen } from './outage.ts';
import { withTopic } from './topics.ts';
import { until } from './wait.ts';

const records = 100_000;
const batchSize = 250;
const partitions = 6;
const payload = 'x'.repeat(200);
const longestOutageMs = 120_000;

/** A broker is killed while records are written as the project's producers write them. */
export const brokerLoss: Drill = {
  id: 'broker-loss',
  title: `${records.toLocaleString('en')} records while a broker dies and comes back`,
  notFor: ({ clusters: [cluster] }) =>
    cluster.nodes.length < 3 ? 'one broker has no other to take over; tier 2 has three' : undefined,
  async run(context) {
    const { platform, control, access, runId, signal, tell } = context;
    const topic = `krafter-drill-loss-${runId}`;
    const settings = context.properties(producerClientPath);
    return withTopic(access(), topic, partitions, async () => {
      const victim = await leaderOfFirstPartition(context, topic);
      const writing = writeAll(context, topic, acksOf(settings.acks));
      // Awaited below; what fails before that must not end krafter here.
      writing.done.catch(() => undefined);
      await until(async () => writing.acknowledged() > records * 0.2, {
        timeoutMs: 60_000,
        everyMs: 10,
        signal,
      });
      const from = Date.now();
      tell(`killing ${victim}`);
      await killAlone(context, victim, writing.acknowledged);
      writing.slowDown();
      await outageSeen(context);
      tell(`starting ${victim} again`);
      await control.startNode(victim);
      const { ids, longestGapMs, retried } = await writing.done;
      const restored = await until(() => allInSync(context), { timeoutMs: 90_000, signal });
      const to = Date.now();
      context.outages.push({ node: victim, from, to });
      const seen = new Map<number, number>();
      await readTopic(access(), topic, { signal, timeoutMs: 120_000 }, ({ key }) => {
        const id = Number(key);
        seen.set(id, (seen.get(id) ?? 0) + 1);
      });
      const lost = ids.filter((id) => !seen.has(id)).length;
      const duplicates = [...seen.values()].filter((times) => times > 1).length;
      return outcome(
        {
          acks: settings.acks ?? 'all',
          killed: victim,
          acknowledged: ids.length,
          read: seen.size,
          lost,
          batchesRetried: retried,
          writtenTwiceByRetries: duplicates,
          longestPauseMs: longestGapMs,
          backInSyncAfterS: Math.round((to - from) / 100) / 10,
          brokers: platform.clusters[0].nodes.length,
        },
        [
          lost > 0 && `${lost} acknowledged records are gone`,
          ids.length < records && `only ${ids.length} of ${records} records were acknowledged`,
          !restored && 'replicas were not in sync again after 90 s',
        ],
      );
    });
  },
};

/** As the project's producers are configured; whoever weakens that file sees it here. */
const acksOf = (value: string | undefined) => {
  switch (value) {
    case '0':
      return ProduceAcks.NO_RESPONSE;
    case '1':
      return ProduceAcks.LEADER;
    default:
      return ProduceAcks.ALL;
  }
};

/**
 * The others stand still for a moment before the leader dies: what it acknowledges then, it alone
 * has. With acks=all that is nothing; with less it is lost, so that this drill can't be lucky.
 */
async function killAlone(
  { control, platform, signal }: DrillContext,
  victim: string,
  acknowledged: () => number,
): Promise<void> {
  const others = platform.clusters[0].nodes.filter(({ name }) => name !== victim);
  try {
    for (const { name } of others) await control.pauseNode(name);
    // More than the writers had under way.
    const enough = acknowledged() + 4 * batchSize;
    await until(async () => acknowledged() >= enough, { timeoutMs: 1500, everyMs: 10, signal });
    await control.killNode(victim);
  } finally {
    for (const { name } of others) await control.resumeNode(name);
  }
}

type Written = { readonly ids: number[]; readonly longestGapMs: number; readonly retried: number };

/** Numbered records in batches; a batch that was not acknowledged is sent again. */
function writeAll({ access, signal }: DrillContext, topic: string, acks: -1 | 0 | 1) {
  const ids: number[] = [];
  let pauseMs = 5;
  const write = async (): Promise<Written> => {
    const producer = new Producer({
      ...clientOptions(access(), 'krafter-drill'),
      serializers: stringSerializers,
      compression: CompressionAlgorithms.LZ4,
      retries: 0,
      requestTimeout: 5000,
    });
    let longestGapMs = 0;
    let retried = 0;
    let lastAck = Date.now();
    const batches = Array.from({ length: records / batchSize }, (_, index) => index).values();
    // Each to one partition: who writes to the victim goes on while the other brokers stand still.
    const worker = async (partition: number) => {
      for (const batch of batches) {
        const messages = Array.from({ length: batchSize }, (_, index) => {
          const id = batch * batchSize + index;
          return { topic, key: String(id), value: payload, partition };
        });
        for (const start = Date.now(); ; ) {
          signal.throwIfAborted();
          if (Date.now() - start > longestOutageMs) {
            throw new Error(`no broker took a record for ${longestOutageMs / 1000} s`);
          }
          try {
            // Without acks of its own, a send falls back to the client's default.
            await producer.send({ messages, acks });
            break;
          } catch {
            retried++;
            await sleep(100, undefined, { signal });
          }
        }
        longestGapMs = Math.max(longestGapMs, Date.now() - lastAck);
        lastAck = Date.now();
        ids.push(...messages.map(({ key }) => Number(key)));
        await sleep(pauseMs, undefined, { signal });
      }
    };
    try {
      await Promise.all(Array.from({ length: partitions }, (_, partition) => worker(partition)));
      return { ids, longestGapMs, retried };
    } finally {
      await producer.close(true);
    }
  };
  return {
    done: write(),
    acknowledged: () => ids.length,
    /** The rest is spread over the outage. */
    slowDown: () => {
      pauseMs = 160;
    },
  };
}

async function leaderOfFirstPartition(
  { access, platform }: DrillContext,
  topic: string,
): Promise<string> {
  const leader = await withAdmin(access(), async (admin) => {
    const metadata = await admin.metadata({ topics: [topic], forceUpdate: true });
    return metadata.topics.get(topic)?.partitions[0]?.leader;
  });
  const node = platform.clusters[0].nodes.find(({ id }) => id === leader);
  if (!node) throw new Error(`no leader for ${topic}`);
  return node.name;
}

/** Every partition of the cluster has all its replicas in sync again. */
async function allInSync({ access, platform }: DrillContext): Promise<boolean> {
  const { brokers, underReplicated } = await clusterHealth(access());
  return brokers.length === platform.clusters[0].nodes.length && underReplicated.length === 0;
}
