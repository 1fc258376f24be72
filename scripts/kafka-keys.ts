/**
 * Writes src/catalog/kafka-keys/*.json from Kafka's own ConfigDefs: each release's jars through
 * Maven, the real classes run by kafka-keys/Keys.java, one file for each kind, one line for each key.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { execa } from 'execa';
import type { Definition, KafkaRelease, KeyRecord, Kind } from '../src/catalog/kafka-keys/key.ts';
import { kinds } from '../src/catalog/kafka-keys/key.ts';
import { kafkaReleases, versions } from '../src/catalog/versions.ts';
import { cacheFolder } from '../src/engine/native/cache.ts';
import { findJava } from '../src/engine/native/java.ts';
import { copyJars } from '../src/engine/native/maven.ts';
import { type Validator, validOf } from './kafka-keys/valid.ts';

export const releases = Object.keys(kafkaReleases) as KafkaRelease[];

/** A key as Keys.java lists it. */
type Listed = Validator &
  Pick<Definition, 'type' | 'default' | 'importance'> & {
    readonly internal: boolean;
    readonly deprecated: boolean;
    readonly documentation: string;
  };
type Listing = Readonly<Record<Kind, readonly Listed[]>>;

/** Runs Keys.java with a release's classes, and gives its JSON. */
export async function askKafka(release: KafkaRelease, command: 'list' | 'check', input = '') {
  const libs = await jars(kafkaReleases[release]);
  // Not by a wildcard: Keys.java looks into the jars of its class path.
  const classPath = readdirSync(libs).map((jar) => join(libs, jar));
  const { stdout } = await execa(
    await findJava(),
    [
      ...['-Djava.io.tmpdir=/tmp', '-XX:TieredStopAtLevel=1', '-cp', classPath.join(':')],
      ...[join(import.meta.dirname, 'kafka-keys', 'Keys.java'), command],
    ],
    { input, timeout: 300_000 },
  );
  return JSON.parse(stdout);
}

async function jars(version: string): Promise<string> {
  const home = join(cacheFolder(), `kafka-keys-${version}`);
  if (existsSync(home)) return join(home, 'libs');
  mkdirSync(cacheFolder(), { recursive: true });
  const work = mkdtempSync(`${home}.`);
  try {
    const artifacts = [`kafka_${versions.scala.version}`, 'connect-mirror', 'kafka-streams'];
    const coordinates = artifacts.map((id) => `org.apache.kafka:${id}:${version}`);
    // Large, and not needed to read a configuration.
    await copyJars(work, coordinates, ['rocksdbjni'], AbortSignal.timeout(600_000));
    if (!existsSync(home)) renameSync(work, home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return join(home, 'libs');
}

function definition(release: KafkaRelease, key: Listed): Definition {
  const valid = validOf(key);
  const deprecated = key.deprecated || /^\W*deprecated/i.test(key.documentation ?? '');
  return {
    in: release,
    type: key.type,
    ...(key.default !== undefined && { default: key.default }),
    ...(valid && { valid }),
    importance: key.importance,
    ...(key.internal && { internal: true }),
    ...(deprecated && { deprecated }),
  };
}

/** What changed from one release to the next, and nothing of what stayed. */
function records(listings: ReadonlyMap<KafkaRelease, Listing>, kind: Kind): Map<string, KeyRecord> {
  const found = new Map<string, KeyRecord>();
  for (const [release, listing] of listings) {
    const keys = new Map(listing[kind].map((key) => [key.name, key]));
    for (const [name, key] of keys) {
      const before = found.get(name)?.history ?? [];
      const now = definition(release, key);
      const same = isDeepStrictEqual({ ...before.at(-1), in: release }, now);
      found.set(name, {
        about: firstSentence(key.documentation),
        history: same ? before : [...before, now],
      });
    }
    for (const [name, { about, history }] of found) {
      const last = history.at(-1);
      if (keys.has(name) || !last || 'removed' in last) continue;
      found.set(name, { about, history: [...history, { in: release, removed: true }] });
    }
  }
  return found;
}

/** Plain text; a full stop inside `e.g.`, a number or a name ends nothing. */
function firstSentence(documentation: string | null): string {
  const plain = (documentation ?? '')
    .replace(/<(br|p|ul|li|div|h\d)\b[^>]*>/gi, ' ')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/&(lt|gt|amp|quot|nbsp|#39);/g, (_, name: string) => entities[name] ?? '')
    .replace(/\s+/g, ' ')
    .replace(/^\W*deprecated\W+/i, '')
    .trim();
  return /^.*?(?<!\b(?:e\.g|i\.e|etc|vs))\.(?=\s+[A-Z'"`(]|$)/.exec(plain)?.[0] ?? plain;
}

const entities: Readonly<Record<string, string>> = {
  ...{ lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ', '#39': "'" },
};

/** One line for each key, so that a change is one line of a diff. */
const file = (keys: ReadonlyMap<string, KeyRecord>): string =>
  `{\n${[...keys]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, record]) => `${JSON.stringify(name)}: ${JSON.stringify(record)}`)
    .join(',\n')}\n}\n`;

/** The text of each kind's file. */
export async function catalogue(): Promise<Map<Kind, string>> {
  const listings = new Map<KafkaRelease, Listing>();
  for (const release of releases) listings.set(release, await askKafka(release, 'list'));
  return new Map(kinds.map((kind) => [kind, file(records(listings, kind))]));
}

if (import.meta.main) {
  const folder = join(import.meta.dirname, '../src/catalog/kafka-keys');
  for (const [kind, text] of await catalogue()) writeFileSync(join(folder, `${kind}.json`), text);
}
