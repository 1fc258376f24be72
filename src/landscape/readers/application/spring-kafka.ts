import { keysOf } from '../../../catalog/kafka-keys/index.ts';
import type { KafkaRelease } from '../../../catalog/kafka-keys/key.ts';
import type { FlatEntry } from '../../../files/formats/flat.ts';
import type { Configuration, Setting } from '../../facts/configuration.ts';
import type { Facts } from '../../facts/index.ts';
import { encodings } from '../encoding.ts';
import { programOf } from '../program.ts';
import { converted } from './convert.ts';
import type { Document } from './document.ts';
import { plain } from './placeholder.ts';
import { type SpringName, springNames } from './spring-names.ts';

const clientKinds = ['producer', 'consumer', 'streams', 'admin'] as const;
type ClientKind = (typeof clientKinds)[number];

/** What Spring Boot and Spring Kafka set by themselves. */
const beneath: Readonly<Partial<Record<ClientKind, Configuration['beneath']>>> = {
  consumer: {
    by: "Spring Kafka's default",
    // KafkaMessageListenerContainer.determineAutoCommit, since 2.3; KafkaProperties.Consumer.
    values: new Map([
      ['enable.auto.commit', 'false'],
      ['key.deserializer', 'org.apache.kafka.common.serialization.StringDeserializer'],
      ['value.deserializer', 'org.apache.kafka.common.serialization.StringDeserializer'],
    ]),
  },
  producer: {
    by: "Spring Boot's default",
    values: new Map([
      ['key.serializer', 'org.apache.kafka.common.serialization.StringSerializer'],
      ['value.serializer', 'org.apache.kafka.common.serialization.StringSerializer'],
    ]),
  },
};

/** `spring.kafka.*`: a configuration for each kind of client that it says something about. */
export async function springKafka(document: Document, release: KafkaRelease): Promise<Facts> {
  const [first] = below(document.own, 'spring.kafka');
  if (!first) return {};
  const all = below(document.all, 'spring.kafka');
  const fits = await fitting(release);
  const common = layersOf(document, all, 'common');
  const framework = all
    .filter(({ path }) => /^(listener|template|streams\.cleanup)\./i.test(path))
    .map(({ path, entry }) => document.setting(kebab(path), entry));
  const configurations = kindsIn(all, common.flat(), fits).map((kind): Configuration => {
    const shared = common.map((layer) => layer.filter(({ key }) => fits(kind, key)));
    const set = beneath[kind];
    return {
      kind,
      file: document.file.path,
      at: first.entry.keyAt,
      settings: layered([...shared, ...layersOf(document, section(all, kind), kind)]),
      ...(document.profile !== undefined && { name: document.profile }),
      ...(set && { beneath: set }),
      framework: { name: 'spring-kafka', settings: framework },
    };
  });
  const producer = configurations.find(({ kind }) => kind === 'producer');
  const topic = framework.find(({ key }) => key === 'template.default-topic');
  if (!topic || !document.own.some(({ keyAt }) => keyAt === topic.keyAt)) return { configurations };
  const use = {
    does: 'produces',
    topic: { value: topic.value, at: topic.valueAt },
    at: topic.keyAt,
    program: programOf(document.file.path),
    library: 'java',
    ...(producer && { configuration: producer, ...encodings(producer) }),
  } as const;
  return { configurations, uses: [use] };
}

export type Below = { readonly path: string; readonly entry: FlatEntry };

/** The entries below a name, whatever way it is written in. */
export function below(entries: readonly FlatEntry[], name: string): Below[] {
  const wanted = plain(`${name}.`);
  const depth = name.split('.').length;
  return entries.flatMap((entry) => {
    const segments = entry.key.split('.', depth + 1);
    if (segments.length <= depth) return [];
    const head = `${segments.slice(0, depth).join('.')}.`;
    return plain(head) === wanted ? [{ path: entry.key.slice(head.length), entry }] : [];
  });
}

/** Those of a section, without its name. */
export function section(entries: readonly Below[], name: string): Below[] {
  return entries.flatMap(({ path, entry }) => {
    const [head = ''] = path.split(/[.[]/, 1);
    if (plain(head) !== name || head.length === path.length) return [];
    return [{ path: path.slice(head.length).replace(/^\./, ''), entry }];
  });
}

const kebab = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();

/** Kafka's own keys below a map: `max.poll.records`, `[max.poll.records]`, `"max.poll.records"`. */
export const ownSettings = (document: Document, entries: readonly Below[]): Setting[] =>
  entries.map(({ path, entry }) =>
    document.setting(path.replaceAll(/^\[["']?|["']?\]$|^["']|["']$/g, ''), entry),
  );

/** What Spring has names of its own for, and above it Kafka's own keys. */
function layersOf(
  document: Document,
  entries: readonly Below[],
  kind: ClientKind | 'common',
): [Setting[], Setting[]] {
  const names = springNames[kind];
  const named = entries.flatMap(({ path, entry }): Setting[] => {
    const name = names.get(plain(path));
    if (name) return [namedSetting(document.setting(name.key, entry), name)];
    if (kind !== 'producer' || plain(path) !== 'transactionidprefix') return [];
    const value = { unknown: 'Spring puts a number behind it' };
    return [{ ...document.setting('transactional.id', entry), value }];
  });
  return [named, ownSettings(document, section(entries, 'properties'))];
}

function namedSetting(setting: Setting, { conversion }: SpringName): Setting {
  if ('unknown' in setting.value) return setting;
  const known = converted(setting.value.known, conversion);
  const value =
    known === undefined ? { unknown: 'Spring does not read it' } : { ...setting.value, known };
  return { ...setting, value };
}

/** Each layer without what one above it sets as well. */
export function layered(layers: readonly (readonly Setting[])[]): Setting[] {
  return layers.flatMap((layer, index) => {
    const above = new Set(layers.slice(index + 1).flatMap((one) => one.map(({ key }) => key)));
    return layer.filter(({ key }) => !above.has(key));
  });
}

export type Fits = (kind: ClientKind, key: string) => boolean;

/** What is set for all clients goes to those that know the key, and to all where none does. */
export async function fitting(release: KafkaRelease): Promise<Fits> {
  const keys = new Map<ClientKind, ReadonlyMap<string, unknown>>();
  for (const kind of clientKinds) keys.set(kind, await keysOf(kind, release));
  return (kind, key) =>
    keys.get(kind)?.has(key) === true || ![...keys.values()].some((one) => one.has(key));
}

/** Those with a section of their own or a key that is only theirs; an admin client otherwise. */
function kindsIn(all: readonly Below[], common: readonly Setting[], fits: Fits): ClientKind[] {
  const only = (kind: ClientKind) =>
    common.some(
      ({ key }) => fits(kind, key) && !fits(kind === 'producer' ? 'consumer' : 'producer', key),
    );
  const signs: Readonly<Record<ClientKind, boolean>> = {
    producer: only('producer') || section(all, 'template').length > 0,
    consumer: only('consumer') || section(all, 'listener').length > 0,
    streams: false,
    admin: false,
  };
  const found = clientKinds.filter((kind) => signs[kind] || section(all, kind).length > 0);
  return found.length === 0 ? ['admin'] : found;
}
