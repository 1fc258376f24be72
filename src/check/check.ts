import { keysOf } from '../catalog/kafka-keys/index.ts';
import type { KafkaRelease, Key, Kind } from '../catalog/kafka-keys/key.ts';
import type { Landscape } from '../landscape/facts.ts';
import type { Finding, Known, Rule } from './rule.ts';
import { rules as all } from './rules/index.ts';

/** Kinds whose keys are often put into each other's files. */
const compared: readonly Kind[] = ['broker', 'topic', 'producer', 'consumer', 'admin'];

/** What the rules have to say, in the order of files and lines. */
export async function check(
  landscape: Landscape,
  release: KafkaRelease,
  rules: readonly Rule[] = all,
): Promise<Finding[]> {
  if (landscape.configurations.length === 0) return [];
  const kinds = new Set([...compared, ...landscape.configurations.map(({ kind }) => kind)]);
  const keys = new Map<Kind, ReadonlyMap<string, Key>>();
  for (const kind of kinds) keys.set(kind, await keysOf(kind, release));
  const known: Known = { landscape, release, keys: (kind) => keys.get(kind) ?? new Map() };
  return rules
    .flatMap((rule) => [...rule.check(known)].map((found) => ({ ...found, rule })))
    .sort(
      ({ at: one }, { at: other }) =>
        compare(one.file, other.file) || one.line - other.line || one.column - other.column,
    );
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
