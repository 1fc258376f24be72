import { BATCH_BYTES } from './lane.ts';
import type { AddressedRecord } from './records.ts';

/** In one write they could be more than max.message.bytes, and be refused as a whole. */
export function* writeBatches<Output extends AddressedRecord>(
  outputs: readonly Output[],
): Iterable<Output[]> {
  let batch: Output[] = [];
  let bytes = 0;
  for (const output of outputs) {
    const { key, value } = output.record;
    const size = (key?.length ?? 0) + (value?.length ?? 0);
    if (bytes + size > BATCH_BYTES && batch.length > 0) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(output);
    bytes += size;
  }
  if (batch.length > 0) {
    yield batch;
  }
}
