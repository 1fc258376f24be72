import { ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

const storage = /^spec\.(kafka\.)?storage\.(volumes\.\d+\.)?type$/;

export const ephemeralStorage: Rule = {
  code: 'KK001',
  title: 'Records that go with the pod',
  severity: 'warning',
  confidence: 'high',
  production: true,
  story:
    'A node is drained, its pods start elsewhere with empty disks, and each copies everything from the others; when two are moved within that hour, partitions lose all their copies.',
  source: "Strimzi's documentation, Ephemeral storage; KafkaSpecChecker.checkKafkaBrokersStorage",
  noFix: 'which storage class there is, and how large a volume must be, is not in the file',
  *check(known) {
    for (const { fields } of ofStrimzi(known, 'Kafka', 'KafkaNodePool')) {
      const place = [...fields].find(
        ([path, { value }]) =>
          storage.test(path) && 'known' in value && value.known === 'ephemeral',
      )?.[1];
      if (place)
        yield {
          at: place.at,
          says: 'The storage is ephemeral: it is an emptyDir, which goes when its pod does.',
          next: 'type: persistent-claim, with a size.',
        };
    }
  },
};
