import type { Rule } from '../../rule.ts';
import { numberOf, ofJava, settingOf, textOf } from '../../settings.ts';

/** Smaller than any record that is worth a batch. */
const least = 1_024;

export const tinyBatch: Rule = {
  code: 'KP009',
  title: 'A batch of a few bytes',
  severity: 'warning',
  confidence: 'high',
  story:
    'A number of records was meant, but batch.size is bytes: each record goes out in a request of its own, and under load the queue grows until sends time out.',
  source: 'ProducerConfig.BATCH_SIZE_CONFIG (in bytes; a small one reduces throughput)',
  noFix: 'what was meant is not in the file',
  *check(known) {
    for (const configuration of ofJava(known, 'producer')) {
      const setting = settingOf(configuration, 'batch.size');
      const size = numberOf(textOf(setting));
      // Zero switches batching off, on purpose.
      if (!setting || size === undefined || size <= 0 || size >= least) continue;
      yield {
        at: setting.valueAt,
        says: `batch.size is ${size} bytes, not records: hardly two records fit.`,
        next: "Kafka's default is 16384; for throughput 65536 and more.",
      };
    }
  },
};
