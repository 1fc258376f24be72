import type { Rule } from '../../rule.ts';

const scale: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3 };

export const heapAndLimit: Rule = {
  code: 'KD008',
  title: 'A heap as large as all the memory that there is',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'Under load the heap grows to what it may have, and the kernel ends the broker without a line in its log. It comes back, reads its logs again, and is ended again.',
  source: "Kafka's documentation, Operations, Java; memory.max of cgroups",
  noFix: 'Whether the heap or the limit is wrong, the load tells.',
  *check({ landscape }) {
    for (const { environment, memoryLimit, by } of landscape.workloads) {
      const options = environment.findLast(({ key }) => key === 'KAFKA_HEAP_OPTS');
      if (by !== 'service' || !memoryLimit || !options || !('known' in options.value)) continue;
      const [, size = '', unit = ''] = /-Xmx(\d+)([kmg])/i.exec(options.value.known) ?? [];
      const heap = Number(size) * 1024 ** (scale[unit.toLowerCase()] ?? 0);
      if (size === '' || heap < memoryLimit.bytes) continue;
      yield {
        at: options.valueAt,
        says: `KAFKA_HEAP_OPTS has -Xmx${size}${unit}, and the container may have ${Math.round(memoryLimit.bytes / 2 ** 20)} MiB in all.`,
        next: 'Take half of the limit: the rest is for buffers and the page cache.',
        also: [{ at: memoryLimit.at, says: 'The limit.' }],
      };
    }
  },
};
