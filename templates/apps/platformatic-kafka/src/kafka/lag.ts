import type { Consumer } from '@platformatic/kafka';

export type OnLag = (lag: ReadonlyMap<number, number>) => void;

const INTERVAL_MS = 5000;

/**
 * Measures the lag of the assigned partitions every five seconds. The client's own lag monitor stops
 * for good when a broker goes away while it asks. Returns what ends the measuring.
 */
export function measureLag(
  consumer: Consumer,
  topic: string,
  assigned: () => readonly number[] | undefined,
  onLag: OnLag,
): () => void {
  const timer = setInterval(() => {
    const partitions = assigned();
    if (partitions && consumer.isConnected()) {
      lagOf(consumer, topic, partitions).then(onLag, () => undefined);
    }
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
  };
}

async function lagOf(consumer: Consumer, topic: string, partitions: readonly number[]) {
  const lags = (await consumer.getLag({ topics: [topic] })).get(topic) ?? [];
  return new Map(
    partitions.map((partition) => [partition, Math.max(0, Number(lags[partition] ?? 0n))]),
  );
}
