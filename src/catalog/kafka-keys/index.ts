/**
 * Kafka's configuration keys as its own classes define them, for each release from 3.9 on. The
 * JSON files beside are written by scripts/kafka-keys.ts; a kind's file is loaded when it is asked for.
 */
import { isDeepStrictEqual } from 'node:util';
import { nearest } from '../../nearest.ts';
import { type Departure, departureOf } from './changes.ts';
import type { KafkaRelease, Key, KeyRecord, Kind } from './key.ts';
import { oldestRelease, orderOf } from './releases.ts';

type Records = Readonly<Record<string, KeyRecord>>;

// Spelled out, so that the bundle has a file for each.
const files: Readonly<Record<Kind, () => Promise<{ default: unknown }>>> = {
  broker: () => import('./broker.json', { with: { type: 'json' } }),
  topic: () => import('./topic.json', { with: { type: 'json' } }),
  producer: () => import('./producer.json', { with: { type: 'json' } }),
  consumer: () => import('./consumer.json', { with: { type: 'json' } }),
  admin: () => import('./admin.json', { with: { type: 'json' } }),
  streams: () => import('./streams.json', { with: { type: 'json' } }),
  'connect-distributed': () => import('./connect-distributed.json', { with: { type: 'json' } }),
  'connect-standalone': () => import('./connect-standalone.json', { with: { type: 'json' } }),
  'connect-source': () => import('./connect-source.json', { with: { type: 'json' } }),
  'connect-sink': () => import('./connect-sink.json', { with: { type: 'json' } }),
  'mirror-maker': () => import('./mirror-maker.json', { with: { type: 'json' } }),
  'mirror-source': () => import('./mirror-source.json', { with: { type: 'json' } }),
  'mirror-checkpoint': () => import('./mirror-checkpoint.json', { with: { type: 'json' } }),
  'mirror-heartbeat': () => import('./mirror-heartbeat.json', { with: { type: 'json' } }),
};

const load = async (kind: Kind): Promise<Records> => (await files[kind]()).default as Records;

const known = new Map<string, Promise<ReadonlyMap<string, Key>>>();

/** All keys of a kind in a release, by name. */
export function keysOf(kind: Kind, release: KafkaRelease): Promise<ReadonlyMap<string, Key>> {
  const place = `${kind} ${release}`;
  const keys = known.get(place) ?? readKeys(kind, release);
  known.set(place, keys);
  return keys;
}

async function readKeys(kind: Kind, release: KafkaRelease): Promise<ReadonlyMap<string, Key>> {
  const keys = Object.entries(await load(kind)).flatMap(([name, record]) => {
    const key = keyIn(name, record, release);
    return key ? [[name, key] as const] : [];
  });
  return new Map(keys);
}

function keyIn(
  name: string,
  { about, history }: KeyRecord,
  release: KafkaRelease,
): Key | undefined {
  const definition = history.findLast((one) => orderOf(one.in) <= orderOf(release));
  if (!definition || 'removed' in definition) return undefined;
  const { in: _changed, ...facts } = definition;
  const first = history[0]?.in;
  return { name, about, ...facts, ...(first && first !== oldestRelease && { since: first }) };
}

export async function keyOf(
  kind: Kind,
  name: string,
  release: KafkaRelease,
): Promise<Key | undefined> {
  return (await keysOf(kind, release)).get(name);
}

/** The key that was probably meant; none that Kafka keeps for itself. */
export async function nearestKey(
  kind: Kind,
  name: string,
  release: KafkaRelease,
): Promise<string | undefined> {
  const keys = [...(await keysOf(kind, release)).values()];
  return nearest(
    name,
    keys.filter(({ internal }) => !internal).map((key) => key.name),
  );
}

/** A key is new without `before`, and removed without `after`. */
export type KeyChange = {
  readonly name: string;
  readonly before?: Key;
  readonly after?: Key;
  /** What to write instead of a removed key. */
  readonly departure?: Departure;
};

/** What changed between two releases in the keys of a kind. */
export async function changesBetween(
  kind: Kind,
  from: KafkaRelease,
  to: KafkaRelease,
): Promise<KeyChange[]> {
  const [old, now] = await Promise.all([keysOf(kind, from), keysOf(kind, to)]);
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((name) => {
    const [before, after] = [old.get(name), now.get(name)];
    if (isDeepStrictEqual(before, after)) return [];
    const departure = after ? undefined : departureOf(kind, name);
    return [
      { name, ...(before && { before }), ...(after && { after }), ...(departure && { departure }) },
    ];
  });
}
