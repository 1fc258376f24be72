import type { KafkaRelease } from '../../../catalog/kafka-keys/key.ts';
import type { Configuration, Setting } from '../../facts/configuration.ts';
import type { Facts } from '../../facts/index.ts';
import type { TopicUse } from '../../facts/topic.ts';
import { encodings } from '../encoding.ts';
import { programOf } from '../program.ts';
import { itemsOf } from './destinations.ts';
import type { Document } from './document.ts';
import { type Below, below, fitting, layered } from './spring-kafka.ts';

/** KafkaConnector's attributes, which it passes on whether they are set or not. */
const beneath = {
  incoming: {
    by: "SmallRye's default",
    values: new Map([
      ['enable.auto.commit', 'false'],
      ['key.deserializer', 'org.apache.kafka.common.serialization.StringDeserializer'],
    ]),
  },
  outgoing: {
    by: "SmallRye's default",
    values: new Map([
      ['acks', '1'],
      ['key.serializer', 'org.apache.kafka.common.serialization.StringSerializer'],
    ]),
  },
} as const;

type Direction = keyof typeof beneath;

/** Attributes of the connector that no Kafka client sees. */
const ownAttributes =
  /^(connector|topics?|pattern|enabled|tracing-enabled|cloud-events.*|health-.*|kafka-configuration|client-id-prefix|lazy-client|assign-seek|retry.*|broadcast|failure-strategy|fail-on-.*|commit-strategy|throttled\..*|checkpoint\..*|dead-letter-queue\..*|delayed-retry-topic\..*|partitions?|requests|consumer-rebalance-listener\..*|.*-failure-handler|graceful-shutdown|poll-timeout|pause-if-.*|batch|max-queue-.*|key|wait-?for-?write.*|max-inflight-messages|close-timeout|merge|propagate-.*|interceptor-bean|concurrency|auto-.*)$/i;

/** MicroProfile Reactive Messaging with SmallRye's Kafka connector, and what Quarkus adds to it. */
export async function quarkus(document: Document, release: KafkaRelease): Promise<Facts> {
  const fits = await fitting(release);
  const configurations: Configuration[] = [...streams(document)];
  const uses: TopicUse[] = [];
  const clients = clientSettings(document, below(document.all, 'kafka'));
  const isQuarkus = document.all.some(({ key }) => /^(mp\.messaging|quarkus)\./.test(key));
  const isOther = document.all.some(
    ({ key, text }) => /^mp\.messaging\..*\.connector$/.test(key) && text !== connector,
  );
  const shared = clientSettings(
    document,
    below(document.all, `mp.messaging.connector.${connector}`),
  );
  for (const direction of ['incoming', 'outgoing'] as const) {
    for (const [channel, entries] of channels(below(document.all, `mp.messaging.${direction}`))) {
      const named = entries.find(({ path }) => path === 'connector');
      // A channel without a connector gets the only one that the application has.
      const isKafka = named ? named.entry.text === connector : !isOther && clients.length > 0;
      if (!isKafka || !entries.some(({ entry }) => document.own.includes(entry))) continue;
      const at = (entries.find(({ entry }) => document.own.includes(entry)) as Below).entry.keyAt;
      const kind = direction === 'incoming' ? 'consumer' : 'producer';
      const configuration: Configuration = {
        kind,
        file: document.file.path,
        at,
        settings: layered([
          clients.filter(({ key }) => fits(kind, key)),
          shared,
          clientSettings(document, entries),
        ]),
        name: channel,
        beneath: beneath[direction],
        // A bean may have more of them: kafka-configuration, or the one called default-kafka-broker.
        open: true,
        framework: {
          name: 'smallrye',
          settings: entries
            .filter(({ path }) => ownAttributes.test(path))
            .map(({ path, entry }) => document.setting(path, entry)),
        },
      };
      configurations.push(configuration);
      uses.push(...usesOf(document, direction, entries, configuration));
    }
  }
  if (configurations.length > 0 || !isQuarkus || clients.length === 0)
    return { configurations, uses };
  const [first] = below(document.own, 'kafka');
  if (!first) return {};
  const admin = { kind: 'admin', file: document.file.path, at: first.entry.keyAt } as const;
  return {
    configurations: [
      { ...admin, settings: clients.filter(({ key }) => fits('admin', key)), open: true },
    ],
  };
}

const connector = 'smallrye-kafka';

/** A channel's name has quotes around it where it has dots in it. */
function channels(entries: readonly Below[]): Map<string, Below[]> {
  const found = new Map<string, Below[]>();
  for (const { path, entry } of entries) {
    const [whole, quoted, bare] = /^(?:"([^"]{1,200})"|([^."]{1,200}))\./.exec(path) ?? [];
    const name = quoted ?? bare;
    if (whole === undefined || name === undefined) continue;
    const list = found.get(name) ?? [];
    list.push({ path: path.slice(whole.length), entry });
    found.set(name, list);
  }
  return found;
}

const clientSettings = (document: Document, entries: readonly Below[]): Setting[] =>
  entries
    .filter(({ path }) => !ownAttributes.test(path))
    .map(({ path, entry }) => document.setting(path, entry));

function usesOf(
  document: Document,
  direction: Direction,
  entries: readonly Below[],
  configuration: Configuration,
): TopicUse[] {
  const topics = entries.find(({ path }) => path === 'topic' || path === 'topics');
  if (!topics || !document.own.includes(topics.entry)) return [];
  const isPattern = entries.some(({ path, entry }) => path === 'pattern' && entry.text === 'true');
  const group = configuration.settings.findLast(({ key }) => key === 'group.id');
  const setting = document.setting('topic', topics.entry);
  const named =
    topics.path === 'topics' ? itemsOf(setting) : [{ value: setting.value, at: setting.valueAt }];
  return named.map((topic) => ({
    does: direction === 'incoming' ? 'consumes' : 'produces',
    topic,
    ...(isPattern && { pattern: true }),
    at: topics.entry.keyAt,
    program: programOf(document.file.path),
    library: 'java',
    configuration,
    ...(group && { group: { value: group.value, at: group.valueAt } }),
    ...encodings(configuration),
  }));
}

/** `kafka-streams.*` are Kafka's own keys, `quarkus.kafka-streams.*` names of Quarkus. */
function streams(document: Document): Configuration[] {
  const own = below(document.all, 'kafka-streams');
  const named = below(document.all, 'quarkus.kafka-streams').flatMap(({ path, entry }) => {
    const key = ofQuarkus[path];
    return key === undefined ? [] : [document.setting(key, entry)];
  });
  const settings = layered([named, clientSettings(document, own)]);
  const [first] = [
    ...below(document.own, 'kafka-streams'),
    ...below(document.own, 'quarkus.kafka-streams'),
  ];
  if (!first || settings.length === 0) return [];
  const { path: file } = document.file;
  return [{ kind: 'streams', file, at: first.entry.keyAt, settings, open: true }];
}

const ofQuarkus: Readonly<Record<string, string>> = {
  'bootstrap-servers': 'bootstrap.servers',
  'application-id': 'application.id',
};
