import type { Configuration } from '../facts/configuration.ts';
import type { Encoding, TopicUse } from '../facts/topic.ts';

const signs: readonly (readonly [RegExp, Encoding])[] = [
  [/Avro/, 'avro'],
  [/Protobuf/, 'protobuf'],
  [/JsonSchema/, 'json-schema'],
  [/Json|JacksonJson|ObjectMapper|Jsonb/i, 'json'],
  [/\bString(De|S)er/, 'string'],
  [/\bByte(s|Array|Buffer)(De|S)er/, 'bytes'],
  [/\b(Integer|Long|Short|Double|Float)(De|S)er/, 'number'],
];

/** What a (de)serializer's name says of the bytes. */
const encodingOf = (className: string): Encoding | undefined =>
  signs.find(([sign]) => sign.test(className))?.[1];

/** Of a producer's or consumer's records, by its settings or what holds without. */
export function encodings(
  configuration: Configuration,
): Pick<TopicUse, 'keyEncoding' | 'valueEncoding'> {
  const suffix = configuration.kind === 'producer' ? 'serializer' : 'deserializer';
  const of = (part: 'key' | 'value') => {
    const key = `${part}.${suffix}`;
    const setting = configuration.settings.findLast((one) => one.key === key);
    if (!setting) return encodingOf(configuration.beneath?.values.get(key) ?? '');
    return 'known' in setting.value ? encodingOf(setting.value.known) : undefined;
  };
  const [keyEncoding, valueEncoding] = [of('key'), of('value')];
  return { ...(keyEncoding && { keyEncoding }), ...(valueEncoding && { valueEncoding }) };
}
