import type { Configuration, Setting } from '../../facts/configuration.ts';
import type { Facts } from '../../facts/index.ts';
import type { TopicUse } from '../../facts/topic.ts';
import { programOf } from '../program.ts';
import { itemsOf } from './destinations.ts';
import type { Document } from './document.ts';
import { plain } from './placeholder.ts';
import { type Below, below, layered, ownSettings, section } from './spring-kafka.ts';

/** BindingUtils.createConsumerConfigs and createProducerConfigs of the Kafka binder. */
const beneath = {
  consumer: {
    by: "the Kafka binder's default",
    values: new Map([
      ['enable.auto.commit', 'false'],
      ['auto.commit.interval.ms', '100'],
      ['key.deserializer', 'org.apache.kafka.common.serialization.ByteArrayDeserializer'],
      ['value.deserializer', 'org.apache.kafka.common.serialization.ByteArrayDeserializer'],
    ]),
  },
  producer: {
    by: "the Kafka binder's default",
    values: new Map([
      ['acks', '1'],
      ['key.serializer', 'org.apache.kafka.common.serialization.ByteArraySerializer'],
      ['value.serializer', 'org.apache.kafka.common.serialization.ByteArraySerializer'],
    ]),
  },
} as const;

type Direction = keyof typeof beneath;

/** Spring Cloud Stream: its bindings as uses of topics, and what its Kafka binder sets for each. */
export function cloudStream(document: Document): Facts {
  const own = below(document.own, 'spring.cloud.stream');
  const all = below(document.all, 'spring.cloud.stream');
  const [first] = own;
  if (!first || !isKafka(all)) return {};
  const kafka = section(all, 'kafka');
  const isStreams = section(kafka, 'streams').length > 0;
  const configurations: Configuration[] = isStreams
    ? [streamsConfiguration(document, section(section(kafka, 'streams'), 'binder'), first)]
    : [];
  const uses: TopicUse[] = [];
  const ofKafka = byName(section(kafka, 'bindings'));
  for (const [name, binding] of byName(section(all, 'bindings'))) {
    const direction = directionOf(name, binding, ofKafka.get(name) ?? []);
    if (!direction) continue;
    const settings = settingsOf(document, kafka, binding, ofKafka.get(name) ?? [], direction);
    const configuration: Configuration = {
      kind: direction,
      file: document.file.path,
      at: (binding.find(({ entry }) => document.own.includes(entry)) ?? first).entry.keyAt,
      settings,
      name,
      beneath: beneath[direction],
      // The binder starts from what spring.kafka says.
      ...(below(document.all, 'spring.kafka').length > 0 && { open: true }),
      framework: { name: 'spring-cloud-stream', settings: [] },
    };
    if (!isStreams) configurations.push(configuration);
    uses.push(...usesOf(document, binding, configuration, isStreams));
  }
  return { configurations, uses };
}

/** With several binders in one application only those that say so are Kafka's. */
function isKafka(all: readonly Below[]): boolean {
  const binders = all.filter(({ path }) => /^binders\.[^.]+\.type$|^default-?binder$/i.test(path));
  if (binders.length > 0)
    return binders.every(({ entry }) => /^(kafka|kstream|ktable)/.test(entry.text));
  return section(all, 'kafka').length > 0 && section(all, 'rabbit').length === 0;
}

function byName(entries: readonly Below[]): Map<string, Below[]> {
  const names = new Map<string, Below[]>();
  for (const { path, entry } of entries) {
    const [name = ''] = path.split('.', 1);
    const list = names.get(name) ?? [];
    list.push({ path: path.slice(name.length + 1), entry });
    names.set(name, list);
  }
  return names;
}

const has = (entries: readonly Below[], name: string) =>
  entries.some(({ path }) => plain(path).startsWith(name));

function directionOf(
  name: string,
  binding: readonly Below[],
  ofKafka: readonly Below[],
): Direction | undefined {
  if (/-in-\d+$|^input$/.test(name)) return 'consumer';
  if (/-out-\d+$|^output$/.test(name)) return 'producer';
  if (has(binding, 'group') || has(binding, 'consumer.') || has(ofKafka, 'consumer.'))
    return 'consumer';
  return has(binding, 'producer.') || has(ofKafka, 'producer.') ? 'producer' : undefined;
}

function settingsOf(
  document: Document,
  kafka: readonly Below[],
  binding: readonly Below[],
  ofKafka: readonly Below[],
  direction: Direction,
): Setting[] {
  const binder = section(kafka, 'binder');
  const named = (entries: readonly Below[], names: Readonly<Record<string, string>>) =>
    entries.flatMap(({ path, entry }) => {
      const key = names[plain(path)];
      return key === undefined ? [] : [document.setting(key, entry)];
    });
  const client = section(ofKafka, direction);
  return layered([
    [...brokers(document, binder), ...(direction === 'producer' ? named(binder, ofProducers) : [])],
    ownSettings(document, section(binder, 'configuration')),
    ownSettings(document, section(binder, `${direction}properties`)),
    ownSettings(document, section(client, 'configuration')),
    direction === 'consumer'
      ? [
          ...named(binding, { group: 'group.id' }),
          ...named(client, { startoffset: 'auto.offset.reset' }),
        ]
      : named(client, { compressiontype: 'compression.type', batchtimeout: 'linger.ms' }),
  ]);
}

const ofProducers = { requiredacks: 'acks', 'transaction.transactionidprefix': 'transactional.id' };

/** `brokers` may leave out ports, which `defaultBrokerPort` gives then. */
function brokers(document: Document, binder: readonly Below[]): Setting[] {
  const port = binder.find(({ path }) => plain(path) === 'defaultbrokerport')?.entry.text ?? '9092';
  return binder
    .filter(({ path }) => plain(path) === 'brokers')
    .map(({ entry }) => {
      const setting = document.setting('bootstrap.servers', entry);
      if ('unknown' in setting.value) return setting;
      const known = setting.value.known
        .split(',')
        .map((one) => (one.includes(':') ? one : `${one}:${port}`))
        .join();
      return { ...setting, value: { ...setting.value, known } };
    });
}

function streamsConfiguration(
  document: Document,
  binder: readonly Below[],
  first: Below,
): Configuration {
  const applicationId = binder.filter(({ path }) => plain(path) === 'applicationid');
  return {
    kind: 'streams',
    file: document.file.path,
    at: (binder[0] ?? first).entry.keyAt,
    settings: layered([
      [
        ...brokers(document, binder),
        ...applicationId.map(({ entry }) => document.setting('application.id', entry)),
      ],
      ownSettings(document, section(binder, 'configuration')),
    ]),
    ...(document.profile !== undefined && { name: document.profile }),
    open: true,
    framework: { name: 'spring-cloud-stream', settings: [] },
  };
}

function usesOf(
  document: Document,
  binding: readonly Below[],
  configuration: Configuration,
  isStreams: boolean,
): TopicUse[] {
  const destination = binding.find(({ path }) => path === 'destination');
  if (!destination || !document.own.includes(destination.entry)) return [];
  const group = configuration.settings.findLast(({ key }) => key === 'group.id');
  const topics = document.setting('topic', destination.entry);
  return itemsOf(topics).map((topic) => ({
    does: configuration.kind === 'consumer' ? 'consumes' : 'produces',
    topic,
    at: destination.entry.keyAt,
    program: programOf(document.file.path),
    library: 'java',
    ...(!isStreams && { configuration }),
    ...(group && { group: { value: group.value, at: group.valueAt } }),
  }));
}
