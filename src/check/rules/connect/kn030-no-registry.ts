import { calledConnector, connectorsOf } from '../../connect.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

const ofConfluent =
  /^io\.confluent\.connect\.(avro\.AvroConverter|protobuf\.ProtobufConverter|json\.JsonSchemaConverter)$/;

export const noRegistry: Rule = {
  code: 'KN030',
  title: 'A converter without its schema registry',
  severity: 'error',
  confidence: 'high',
  guards: ['compatibility'],
  story:
    'The task fails at its start: "Missing required configuration schema.registry.url". The one in the worker does not count for a connector with a converter of its own.',
  source: 'Plugins.newConverter (settings of the same level only); AbstractKafkaSchemaSerDeConfig',
  noFix: 'where the registry is, this file does not tell',
  *check(known) {
    for (const one of [...connectorsOf(known), ...ofKind(known, 'connect-distributed')])
      for (const key of ['key.converter', 'value.converter']) {
        const setting = settingOf(one, key);
        if (!setting || one.open || !ofConfluent.test(textOf(setting) ?? '')) continue;
        if (settingOf(one, `${key}.schema.registry.url`)) continue;
        yield {
          at: setting.valueAt,
          says: `${key} of ${one.kind === 'connect-distributed' ? (one.name ?? 'the worker') : calledConnector(one)} has no ${key}.schema.registry.url beside it.`,
          next: `Set ${key}.schema.registry.url.`,
        };
      }
  },
};
