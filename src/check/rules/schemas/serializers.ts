import type { Configuration, Setting } from '../../../landscape/facts/configuration.ts';
import { settingOf, textOf } from '../../settings.ts';

export type Serializer = {
  readonly setting: Setting;
  /** Without its package: `KafkaAvroSerializer`. */
  readonly name: string;
  /** Confluent's, which all read the same settings. */
  readonly confluent: boolean;
};

const keys = [
  ...['value.serializer', 'value.deserializer', 'key.serializer', 'key.deserializer'],
] as const;

/** The one that asks a registry, if there is one. */
export function serializerOf(configuration: Configuration): Serializer | undefined {
  for (const key of keys) {
    const setting = settingOf(configuration, key);
    const text = textOf(setting);
    if (!setting || text === undefined) continue;
    const [, of, name] =
      /^(?:(.*)\.)?(Kafka(?:Avro|Protobuf|JsonSchema)(?:Des|S)erializer)$/.exec(text) ?? [];
    if (name === undefined) continue;
    return { setting, name, confluent: of?.startsWith('io.confluent.') === true };
  }
  return undefined;
}
