import { keysOf } from '../../catalog/kafka-keys/index.ts';
import type { KafkaRelease, Kind } from '../../catalog/kafka-keys/key.ts';
import { type Property, readProperties } from '../../files/formats/properties.ts';
import { isTemplate, literalPart } from '../../files/formats/template.ts';
import type { Place } from '../../files/place.ts';
import { ProjectFile } from '../../files/project-file.ts';
import type { Configuration, Setting } from '../facts/configuration.ts';
import type { Unread } from '../facts/index.ts';
import { kindOfConnector } from './connect/connectors.ts';
import { mirrorsOf } from './connect/mirror-maker.ts';
import type { Reader } from './reader.ts';
import { valueIn } from './value.ts';

/** A `.properties` file, if Kafka is what it is for: decided by its keys, not its name. */
export const propertiesFile: Reader = {
  files: /\.properties(\.j2|\.erb|\.tpl|\.tmpl)?$/,
  async read(file, _project, release) {
    const template = isTemplate(file.text) ? literalPart(file.text) : undefined;
    const source = template ? new ProjectFile(file.path, template.text) : file;
    const { configuration, unread } = await propertiesIn(source, release);
    if (!configuration) return { unread };
    const isOpen = template !== undefined && template.gaps.length > 0;
    const whole: Configuration = isOpen ? { ...configuration, open: true } : configuration;
    const mirrors = whole.kind === 'mirror-maker' ? await mirrorsOf(whole, release) : [];
    return { configurations: [whole, ...mirrors], unread };
  },
};

/** What properties say that stand in a file, or in a part of it; for whom is told by them, or known. */
export async function propertiesIn(
  file: ProjectFile,
  release: KafkaRelease,
  { start, end } = { start: 0, end: file.text.length },
  known?: Kind,
): Promise<{ configuration: Configuration | undefined; unread: Unread[] }> {
  const { entries, problems } = readProperties(file.text.slice(start, end));
  const kind = known ?? (await kindOfEntries(entries, release));
  const place = (from: number, to: number) => file.place(start + from, start + to);
  const settings = entries.map((entry) => setting(entry, place));
  const [first] = settings;
  if (!kind || !first) return { configuration: undefined, unread: [] };
  return {
    configuration: { kind, file: file.path, at: first.keyAt, settings },
    unread: problems.map(({ says, at }) => ({
      file: file.path,
      says,
      at: place(at.offset, at.offset + 1),
    })),
  };
}

function setting(
  { key, value, keyAt, valueAt, end }: Property,
  place: (from: number, to: number) => Place,
): Setting {
  // A key with escapes is longer in the file than in Java; its end is not worth the search.
  return {
    key,
    value: valueIn(value),
    keyAt: place(keyAt.offset, keyAt.offset + key.length),
    valueAt: place(valueAt.offset, end.offset),
  };
}

type Has = (...keys: string[]) => boolean;

/** Signs that no other kind has, the most telling first. */
const signs: readonly (readonly [Kind, (has: Has) => boolean])[] = [
  ['mirror-maker', (has) => has('clusters') && !has('bootstrap.servers')],
  ['connect-distributed', (has) => has('config.storage.topic') || has('status.storage.topic')],
  ['connect-standalone', (has) => has('offset.storage.file.filename')],
  // Cruise Control asks ZooKeeper too, and is a client.
  ['broker', (has) => has('process.roles')],
  ['broker', (has) => has('zookeeper.connect') && !has('bootstrap.servers')],
  [
    'broker',
    (has) => has('controller.quorum.voters') || has('controller.quorum.bootstrap.servers'),
  ],
  ['broker', (has) => has('controller.listener.names') || has('listeners', 'log.dirs')],
  ['broker', (has) => has('broker.id', 'log.dirs') || has('node.id', 'log.dirs')],
  ['broker', (has) => has('broker.id', 'listeners') || has('node.id', 'listeners')],
  ['streams', (has) => has('application.id', 'bootstrap.servers')],
];

async function kindOfEntries(
  entries: readonly Property[],
  release: KafkaRelease,
): Promise<Kind | undefined> {
  const keys = new Set(entries.map(({ key }) => key));
  const connector = entries.findLast(({ key }) => key === 'connector.class');
  return connector
    ? kindOfConnector(connector.value.trim(), keys.has('topics') || keys.has('topics.regex'))
    : kindOf(keys, release);
}

async function kindOf(keys: ReadonlySet<string>, release: KafkaRelease): Promise<Kind | undefined> {
  const has: Has = (...wanted) => wanted.every((key) => keys.has(key));
  const sign = signs.find(([, shows]) => shows(has));
  if (sign) return sign[0];
  if (!has('bootstrap.servers')) return undefined;
  // librdkafka's plural: its clients have keys and checks of their own.
  if (has('sasl.mechanisms')) return undefined;
  const [producer, consumer, admin] = await Promise.all(
    (['producer', 'consumer', 'admin'] as const).map((kind) => keysOf(kind, release)),
  );
  const only = (own: typeof producer, other: typeof producer) =>
    [...keys].filter((key) => own?.has(key) && !other?.has(key) && !admin?.has(key)).length;
  const [produces, consumes] = [only(producer, consumer), only(consumer, producer)];
  // What has keys that no client has is something else: a REST proxy, a registry.
  if (produces === 0 && consumes === 0)
    return [...keys].every((key) => admin?.has(key)) ? 'admin' : undefined;
  if (produces === consumes) return undefined;
  return produces > consumes ? 'producer' : 'consumer';
}
