import { textIn } from '../../../landscape/node-pools.ts';
import { ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

const versions: Readonly<Record<string, string>> = {
  Kafka: 'spec.kafka.version',
  KafkaConnect: 'spec.version',
  KafkaMirrorMaker2: 'spec.version',
};

export const unsupportedVersion: Rule = {
  code: 'KK004',
  title: 'A Kafka that no operator with this API runs',
  severity: 'error',
  confidence: 'high',
  story:
    'The resource is applied without complaint, and nothing happens: the operator logs "Unsupported Kafka.spec.kafka.version", and leaves the cluster as it was.',
  source: "Strimzi's CHANGELOG: v1 came with 0.49, which supports Kafka 4.0 and later only",
  noFix: 'an upgrade goes through several versions',
  *check(known) {
    for (const resource of ofStrimzi(known, ...Object.keys(versions))) {
      if (!textIn(resource, 'apiVersion')?.endsWith('/v1')) continue;
      const version = resource.fields.get(versions[resource.kind] ?? '');
      const text = version && 'known' in version.value ? version.value.known : undefined;
      if (!version || !/^[123]\.\d/.test(text ?? '')) continue;
      yield {
        at: version.at,
        says: `Kafka ${text} is older than any that an operator with kafka.strimzi.io/v1 supports.`,
        next: 'Strimzi 1.2 supports Kafka 4.2.0 to 4.3.1.',
      };
    }
  },
};
