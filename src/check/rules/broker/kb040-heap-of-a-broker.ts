import { heapOf } from '../../memory.ts';
import type { Rule } from '../../rule.ts';

/** From here on references take twice the place: java's -XX:+UseCompressedOops. */
const mostUseful = 32 * 2 ** 30;

export const heapOfABroker: Rule = {
  code: 'KB040',
  title: 'A heap that is too large to be of use',
  severity: 'warning',
  confidence: 'high',
  story:
    'The heap was made larger against slow fetches, and they are slower: the memory was the page cache from which they had been served, and now each collection of garbage takes longer, too.',
  source: "Kafka's documentation, Persistence and Java; -XX:+UseCompressedOops",
  noFix: 'How much a broker needs, its partitions tell.',
  *check({ landscape }) {
    for (const { runs, environment } of landscape.workloads) {
      const options = environment.findLast(({ key }) => key === 'KAFKA_HEAP_OPTS');
      if (runs !== 'broker' || !options || !('known' in options.value)) continue;
      const heap = heapOf(options.value.known);
      if (heap === undefined || heap < mostUseful) continue;
      yield {
        at: options.valueAt,
        says: `The heap may grow to ${Math.round(heap / 2 ** 30)} GiB.`,
        next: 'Six to eight are enough for most brokers; leave the rest to the page cache.',
      };
    }
  },
};
