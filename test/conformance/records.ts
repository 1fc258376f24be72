import { readTopic } from '../../src/cluster/read-topic.ts';
import type { ApplicationEvent } from '../../src/drills/http.ts';
import type { Service } from './application.ts';
import type { Cluster } from './cluster.ts';

export type TopicRecord = {
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly value: Buffer;
  readonly headers: ReadonlyMap<string, string>;
};

/** Every committed record of a topic, in the order of each partition. */
export async function recordsOf(cluster: Cluster, topic: string): Promise<TopicRecord[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await readAll(cluster, topic);
    } catch (error) {
      // With ten clients on two cores a broker may be too busy to shake hands in time.
      if (tries === 3) throw error;
    }
  }
}

async function readAll(cluster: Cluster, topic: string): Promise<TopicRecord[]> {
  const records: TopicRecord[] = [];
  await readTopic(
    cluster.admin,
    topic,
    { signal: AbortSignal.timeout(120_000), timeoutMs: 120_000 },
    ({ partition, offset, key, value, headers }) =>
      records.push({
        partition,
        offset: Number(offset),
        key: String(key),
        value: value ?? Buffer.alloc(0),
        headers,
      }),
  );
  return records.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
}

export type Answer = {
  readonly event: ApplicationEvent;
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: { readonly partition?: number; readonly offset?: number; readonly error?: string };
};

/**
 * Posts events over HTTP, several keys at a time and one event after the other for each key, so
 * that the order of a key is known. 503 is posted again when `retry` says so.
 */
export async function post(
  { post: send }: Service,
  events: readonly ApplicationEvent[],
  keyField: string,
  { lanes = 32, retry = false }: { lanes?: number; retry?: boolean } = {},
): Promise<Answer[]> {
  const byLane = Array.from({ length: lanes }, () => [] as ApplicationEvent[]);
  const laneOf = new Map<string, number>();
  for (const event of events) {
    const key = String(event[keyField]);
    const lane = laneOf.get(key) ?? laneOf.size % lanes;
    laneOf.set(key, lane);
    byLane[lane]?.push(event);
  }
  const answers: Answer[] = [];
  await Promise.all(
    byLane.map(async (own) => {
      for (const event of own) {
        for (;;) {
          const response = await send(event);
          const retryAfter = response.headers.get('retry-after');
          const body = (await response.json()) as Answer['body'];
          answers.push({ event, status: response.status, retryAfter, body });
          if (!retry || response.status !== 503) break;
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      }
    }),
  );
  return answers;
}

/** How often each value is there. */
export function counted<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Kafka's murmur2, as its Java client uses it for keys (org.apache.kafka.common.utils.Utils). */
export function murmur2Partition(key: string, partitions: number): number {
  const data = Buffer.from(key);
  const m = 0x5bd1e995;
  let hash = 0x9747b28c ^ data.length;
  const whole = data.length >> 2;
  for (let index = 0; index < whole; index++) {
    let k = Math.imul(data.readInt32LE(index * 4), m);
    k ^= k >>> 24;
    hash = Math.imul(hash, m) ^ Math.imul(k, m);
  }
  const rest = data.subarray(whole * 4);
  if (rest.length >= 3) hash ^= (rest[2] ?? 0) << 16;
  if (rest.length >= 2) hash ^= (rest[1] ?? 0) << 8;
  if (rest.length >= 1) hash = Math.imul(hash ^ (rest[0] ?? 0), m);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, m);
  hash ^= hash >>> 15;
  return (hash & 0x7fffffff) % partitions;
}
