import type { Rule } from '../../rule.ts';
import { isFalse, ofJava, settingOf, textOf } from '../../settings.ts';
import { serializerOf } from './serializers.ts';

export const autoRegister: Rule = {
  code: 'KV002',
  title: 'Producers register schemas in production',
  severity: 'warning',
  confidence: 'medium',
  production: true,
  story:
    'A build with a changed class goes out, and the first record registers its schema: nobody has reviewed it, and consumers of other teams get what they never saw.',
  source: 'AbstractKafkaSchemaSerDeConfig.AUTO_REGISTER_SCHEMAS (default true)',
  noFix: 'the schemas have to be registered by something else first',
  *check(known) {
    for (const configuration of ofJava(known, 'producer')) {
      const serializer = serializerOf(configuration);
      if (!serializer?.confluent) continue;
      const setting = settingOf(configuration, 'auto.register.schemas');
      if (setting ? textOf(setting) === undefined || isFalse(textOf(setting)) : configuration.open)
        continue;
      yield {
        at: setting?.valueAt ?? serializer.setting.valueAt,
        says: setting
          ? 'auto.register.schemas is true.'
          : `auto.register.schemas is not set: ${serializer.name} registers what it writes.`,
        next: 'Set auto.register.schemas=false and use.latest.version=true, and register schemas in the pipeline.',
      };
    }
  },
};
