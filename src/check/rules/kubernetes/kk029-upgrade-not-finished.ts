import { isBefore } from '../../../catalog/version-order.ts';
import { textIn } from '../../../landscape/node-pools.ts';
import { ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

const path = 'spec.kafka.metadataVersion';

export const upgradeNotFinished: Rule = {
  code: 'KK029',
  title: 'An upgrade that nobody finished',
  severity: 'warning',
  confidence: 'high',
  story:
    'The brokers were upgraded a year ago, and their metadata are still those of before. What the new release was taken for is switched off, and the next upgrade starts from too far behind.',
  source: 'KafkaSpecChecker.checkKafkaMetadataVersion of Strimzi; KIP-584',
  noFix: 'There may be no way back from it.',
  *check(known) {
    for (const kafka of ofStrimzi(known, 'Kafka')) {
      const place = kafka.fields.get(path);
      const version = /^\d+\.\d+/.exec(textIn(kafka, 'spec.kafka.version') ?? '')?.[0];
      const metadata = /^\d+\.\d+/.exec(textIn(kafka, path) ?? '')?.[0];
      if (!place || !version || !metadata || !isBefore(metadata, version)) continue;
      yield {
        at: place.at,
        says: `metadataVersion is ${metadata}, and Kafka ${version}.`,
        next: 'When all is well with the new release, raise it, or leave it out.',
      };
    }
  },
};
