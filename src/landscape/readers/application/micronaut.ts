import type { KafkaRelease } from '../../../catalog/kafka-keys/key.ts';
import type { Configuration, Setting } from '../../facts/configuration.ts';
import type { Facts } from '../../facts/index.ts';
import type { Document } from './document.ts';
import { type Below, below, fitting, layered, section } from './spring-kafka.ts';

const sections = { consumers: 'consumer', producers: 'producer', streams: 'streams' } as const;

/** Micronaut's `kafka.*`: for all clients, and by consumers, producers and streams with their names. */
export async function micronaut(document: Document, release: KafkaRelease): Promise<Facts> {
  const fits = await fitting(release);
  const all = below(document.all, 'kafka');
  const own = below(document.own, 'kafka');
  const [first] = own;
  const isNamed = Object.keys(sections).some((name) => section(all, name).length > 0);
  const isMicronaut = document.all.some(({ key }) => key.startsWith('micronaut.'));
  if (!first || (!isNamed && !isMicronaut)) return {};
  const common = settingsIn(
    document,
    all.filter(({ path }) => !notKafka.test(path)),
  );
  const configurations: Configuration[] = [];
  for (const [name, kind] of Object.entries(sections)) {
    const names = byName(section(all, name));
    for (const [client, entries] of names) {
      const known = entries.find(({ entry }) => document.own.includes(entry));
      if (!known) continue;
      const defaults = client === 'default' ? [] : (names.get('default') ?? []);
      configurations.push({
        kind,
        file: document.file.path,
        at: known.entry.keyAt,
        settings: layered([
          common.filter(({ key }) => fits(kind, key)),
          settingsIn(document, defaults),
          settingsIn(document, entries),
        ]),
        name: client,
        // Annotations say the rest: @KafkaListener, @KafkaClient.
        open: true,
      });
    }
  }
  if (configurations.length > 0 || common.length === 0) return { configurations };
  const { path: file } = document.file;
  return {
    configurations: [
      {
        kind: 'admin',
        file,
        at: first.entry.keyAt,
        settings: common.filter(({ key }) => fits('admin', key)),
        open: true,
      },
    ],
  };
}

/** What is below `kafka` and no key of a client. */
const notKafka =
  /^(consumers|producers|streams|embedded|health|topics|enabled|metrics|default-listener.*|schema)\b/;

function byName(entries: readonly Below[]): Map<string, Below[]> {
  const names = new Map<string, Below[]>();
  for (const { path, entry } of entries) {
    const [name = ''] = path.split('.', 1);
    if (name.length === path.length) continue;
    const list = names.get(name) ?? [];
    list.push({ path: path.slice(name.length + 1), entry });
    names.set(name, list);
  }
  return names;
}

/** Keys with dots are Kafka's; the others are Micronaut's own. */
const settingsIn = (document: Document, entries: readonly Below[]): Setting[] =>
  entries
    .filter(({ path }) => path.includes('.') || path === 'acks' || path === 'retries')
    .map(({ path, entry }) => document.setting(path, entry));
