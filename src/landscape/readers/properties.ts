import { keysOf } from '../../catalog/kafka-keys/index.ts';
import type { KafkaRelease, Kind } from '../../catalog/kafka-keys/key.ts';
import { type Property, readProperties } from '../../files/formats/properties.ts';
import type { Place } from '../../files/place.ts';
import type { Setting } from '../facts/configuration.ts';
import type { Reader } from './reader.ts';
import { valueIn } from './value.ts';

/** A `.properties` file, if Kafka is what it is for: decided by its keys, not its name. */
export const propertiesFile: Reader = {
  files: /\.properties$/,
  async read({ path: file, text }, _project, release) {
    const { entries, problems } = readProperties(text);
    const kind = await kindOf(new Set(entries.map(({ key }) => key)), release);
    if (!kind) return {};
    const settings = entries.map((entry) => setting(file, entry));
    const [first] = settings;
    return {
      configurations: first ? [{ kind, file, at: first.keyAt, settings }] : [],
      unread: problems.map(({ says, at }) => ({
        file,
        says,
        at: { file, line: at.line, column: at.column, endLine: at.line, endColumn: at.column + 1 },
      })),
    };
  },
};

function setting(file: string, { key, value, keyAt, valueAt, end }: Property): Setting {
  const place = (from: Property['keyAt'], to: Property['keyAt']): Place => ({
    file,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
  });
  // A key with escapes is longer in the file than in Java; its end is not worth the search.
  const keyEnd = { ...keyAt, column: keyAt.column + key.length };
  return { key, value: valueIn(value), keyAt: place(keyAt, keyEnd), valueAt: place(valueAt, end) };
}

type Has = (...keys: string[]) => boolean;

/** Signs that no other kind has, the most telling first. */
const signs: readonly (readonly [Kind, (has: Has) => boolean])[] = [
  ['mirror-maker', (has) => has('clusters') && !has('bootstrap.servers')],
  [
    'connect-sink',
    (has) => has('connector.class', 'topics') || has('connector.class', 'topics.regex'),
  ],
  ['connect-source', (has) => has('connector.class')],
  ['connect-distributed', (has) => has('config.storage.topic') || has('status.storage.topic')],
  ['connect-standalone', (has) => has('offset.storage.file.filename')],
  ['broker', (has) => has('process.roles') || has('zookeeper.connect')],
  [
    'broker',
    (has) => has('controller.quorum.voters') || has('controller.quorum.bootstrap.servers'),
  ],
  ['broker', (has) => has('broker.id', 'log.dirs') || has('node.id', 'log.dirs')],
  ['broker', (has) => has('broker.id', 'listeners') || has('node.id', 'listeners')],
  ['streams', (has) => has('application.id', 'bootstrap.servers')],
];

async function kindOf(keys: ReadonlySet<string>, release: KafkaRelease): Promise<Kind | undefined> {
  const has: Has = (...wanted) => wanted.every((key) => keys.has(key));
  const sign = signs.find(([, shows]) => shows(has));
  if (sign) return sign[0];
  if (!has('bootstrap.servers')) return undefined;
  const [producer, consumer, admin] = await Promise.all(
    (['producer', 'consumer', 'admin'] as const).map((kind) => keysOf(kind, release)),
  );
  const only = (own: typeof producer, other: typeof producer) =>
    [...keys].filter((key) => own?.has(key) && !other?.has(key) && !admin?.has(key)).length;
  const [produces, consumes] = [only(producer, consumer), only(consumer, producer)];
  if (produces === consumes) return produces === 0 ? 'admin' : undefined;
  return produces > consumes ? 'producer' : 'consumer';
}
