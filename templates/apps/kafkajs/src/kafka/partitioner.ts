import kafkajs, { type PartitionMetadata } from 'kafkajs';

const javaPartitioner = kafkajs.Partitioners.DefaultPartitioner();

/**
 * Kafka's Java partitioner, `toPositive(murmur2(key)) % partitions`, so that a key is on the same
 * partition whichever language wrote it. Without a key, any partition will do.
 */
export function partitionOf(key: Buffer | null, partitions: number): number {
  return key === null
    ? Math.floor(Math.random() * partitions)
    : javaPartitioner({
        topic: '',
        // With a key, it only counts them.
        partitionMetadata: Array<PartitionMetadata>(partitions),
        message: { key, value: null },
      });
}

/** Said explicitly, because the client warns of its default otherwise. */
export const everyRecordHasItsPartition = kafkajs.Partitioners.DefaultPartitioner;
