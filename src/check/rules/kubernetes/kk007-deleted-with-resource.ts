import { ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

export const deletedWithResource: Rule = {
  code: 'KK007',
  title: 'Records are deleted with their resource',
  severity: 'warning',
  confidence: 'high',
  production: true,
  story:
    'Somebody renames the resource, or a sync with pruning takes it for gone: the operator deletes the claims of all brokers, and with them every record.',
  source: "Strimzi's API reference, PersistentClaimStorage.deleteClaim (false by default)",
  *check(known) {
    for (const { fields } of ofStrimzi(known, 'Kafka', 'KafkaNodePool')) {
      for (const [path, { value, at }] of fields)
        if (
          /^spec\.(kafka\.)?storage\.(volumes\.\d+\.)?deleteClaim$/.test(path) &&
          'known' in value &&
          value.known === 'true'
        )
          yield {
            at,
            says: 'deleteClaim is true: whoever deletes this resource deletes its records.',
            next: 'Leave it out; claims that are really not needed are deleted by hand.',
            fix: { safe: true, says: 'Keep the claims', edits: [{ at, text: 'false' }] },
          };
    }
  },
};
