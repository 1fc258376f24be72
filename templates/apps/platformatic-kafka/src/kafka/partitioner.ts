import { compatibilityPartitioner } from '@platformatic/kafka';

/**
 * Kafka's Java partitioner, `toPositive(murmur2(key)) % partitions`, so that a key is on the same
 * partition whichever language wrote it. The client's default partitioner reads the hash as
 * unsigned instead, and would put half of all keys elsewhere. Without a key, any partition will do.
 */
export function partitionOf(key: Buffer | null, partitions: number): number {
  return key === null
    ? Math.floor(Math.random() * partitions)
    : compatibilityPartitioner({ topic: '' }, key) % partitions;
}
