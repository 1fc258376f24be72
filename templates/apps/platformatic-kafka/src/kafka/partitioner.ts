import { compatibilityPartitioner } from '@platformatic/kafka';

/**
 * Kafka's Java partitioner, `toPositive(murmur2(key)) % partitions`, so that a key is on the same
 * partition whichever language wrote it. The client's default partitioner reads the hash as
 * unsigned instead, and would put half of all keys elsewhere.
 */
export function partitionOf(key: Buffer, partitions: number): number {
  return compatibilityPartitioner({ topic: '' }, key) % partitions;
}
