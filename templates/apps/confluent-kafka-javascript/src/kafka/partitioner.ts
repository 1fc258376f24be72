/**
 * Kafka's Java partitioner, `toPositive(murmur2(key)) % partitions`, so that a key is on the same
 * partition whichever language wrote it. librdkafka has it inside, and doesn't offer it. Without a
 * key, any partition will do.
 */
export function partitionOf(key: Buffer | null, partitions: number): number {
  return key === null
    ? Math.floor(Math.random() * partitions)
    : (murmur2(key) & 0x7fffffff) % partitions;
}

const M = 0x5bd1e995;

/** Austin Appleby's MurmurHash2 with Kafka's seed. */
function murmur2(bytes: Buffer): number {
  const whole = bytes.length - (bytes.length % 4);
  let hash = 0x9747b28c ^ bytes.length;
  for (let at = 0; at < whole; at += 4) {
    const mixed = Math.imul(bytes.readInt32LE(at), M);
    hash = Math.imul(hash, M) ^ Math.imul(mixed ^ (mixed >>> 24), M);
  }
  if (whole < bytes.length) {
    hash = Math.imul(hash ^ bytes.readUIntLE(whole, bytes.length - whole), M);
  }
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}
