import type { Place } from '../../../files/place.ts';
import { bytesOf } from '../../../landscape/readers/kubernetes/quantity.ts';
import { heapOf } from '../../memory.ts';
import { ofStrimzi } from '../../resources.ts';
import type { Found, Rule } from '../../rule.ts';

/** Java needs memory beside its heap, and the page cache of the container counts too. */
const most = 0.8;

export const heapFillsContainer: Rule = {
  code: 'KK008',
  title: 'A heap that fills its container',
  severity: 'error',
  confidence: 'high',
  story:
    'Under load the heap grows as far as it may, and the kernel kills the broker for its memory; it recovers its logs for minutes, and the next one has its load too.',
  source: "Strimzi's documentation, jvmOptions; the kernel's cgroup v2, memory.max",
  noFix: 'whether the heap is too large or the limit too low, the file does not say',
  *check(known) {
    for (const { fields, kind } of ofStrimzi(
      known,
      ...['Kafka', 'KafkaNodePool', 'KafkaConnect', 'KafkaMirrorMaker2', 'KafkaBridge'],
    )) {
      const base = kind === 'Kafka' ? 'spec.kafka' : 'spec';
      const heap = fields.get(`${base}.jvmOptions.-Xmx`);
      const limit = fields.get(`${base}.resources.limits.memory`);
      const [text, quantity] = [heap?.value, limit?.value].map((value) =>
        value && 'known' in value ? value.known : '',
      );
      if (heap && limit)
        yield* tooLarge(heap.at, heapOf(`-Xmx${text}`), limit.at, bytesOf(quantity ?? ''));
    }
    for (const { environment, memoryLimit, by } of known.landscape.workloads) {
      if (!memoryLimit || by === 'service') continue;
      for (const { key, value, valueAt } of environment)
        if (/^KAFKA_(HEAP|OPTS)/.test(key) && 'known' in value)
          yield* tooLarge(valueAt, heapOf(value.known), memoryLimit.at, memoryLimit.bytes);
    }
  },
};

function* tooLarge(
  at: Place,
  heap: number | undefined,
  limitAt: Place,
  limit: number | undefined,
): Iterable<Found> {
  if (heap === undefined || limit === undefined || heap <= limit * most) return;
  yield {
    at,
    says: `The heap may take ${mebibytes(heap)} of the ${mebibytes(limit)} that the container may have.`,
    next: 'Leave at least a fifth for what Java needs beside its heap; for a broker better half, as page cache.',
    also: [{ at: limitAt, says: 'the limit' }],
  };
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
