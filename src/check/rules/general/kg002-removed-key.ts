import { departureOf } from '../../../catalog/kafka-keys/changes.ts';
import type { Rule } from '../../rule.ts';

export const removedKey: Rule = {
  code: 'KG002',
  title: 'A key that is gone',
  severity: 'error',
  confidence: 'high',
  story:
    'After the upgrade the key is ignored without a word, or the process does not start: what it once switched on is off, and the file still says that it is on.',
  source: "Kafka's upgrade notes; the source of each key is in the message",
  *check({ landscape, keys }) {
    for (const { kind, settings } of landscape.configurations) {
      for (const { key, keyAt } of settings) {
        const departure = keys(kind).has(key) ? undefined : departureOf(kind, key);
        if (!departure) continue;
        yield {
          at: keyAt,
          says: `${key} is gone since Kafka ${departure.in}: ${departure.why} (${departure.source})`,
          next: departure.now ? `Set ${departure.now.join(', ')} instead.` : 'Remove the line.',
        };
      }
    }
  },
};
