import type { Rule } from '../../rule.ts';
import { ofJava, settingOf } from '../../settings.ts';
import { serializerOf } from './serializers.ts';

export const noRegistryUrl: Rule = {
  code: 'KV010',
  title: 'A serializer that is not told where the registry is',
  severity: 'error',
  confidence: 'medium',
  story:
    'The client ends at start: Missing required configuration "schema.registry.url" which has no default value.',
  source: 'AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG',
  noFix: 'the address is not known here',
  *check(known) {
    for (const configuration of ofJava(known, 'producer', 'consumer')) {
      const serializer = serializerOf(configuration);
      if (!serializer?.confluent || configuration.open) continue;
      if (settingOf(configuration, 'schema.registry.url')) continue;
      yield {
        at: serializer.setting.valueAt,
        says: `${serializer.name} asks a registry, and schema.registry.url is not set.`,
        next: 'Set schema.registry.url.',
      };
    }
  },
};
