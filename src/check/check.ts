import { keysOf } from '../catalog/kafka-keys/index.ts';
import type { KafkaRelease, Key } from '../catalog/kafka-keys/key.ts';
import { oldestRelease } from '../catalog/kafka-keys/releases.ts';
import type { Landscape } from '../landscape/facts/index.ts';
import {
  type Environment,
  type EnvironmentOf,
  environmentsOf,
  isSaidToBeProduction,
} from './environment.ts';
import type { Finding, Known, Rule } from './rule.ts';
import { rules as all } from './rules/index.ts';
import { oftenMixed } from './settings.ts';

/** What the rules have to say, in the order of files and lines. */
export async function check(
  landscape: Landscape,
  release: KafkaRelease,
  rules: readonly Rule[] = all,
  environmentOf: EnvironmentOf = environmentsOf(landscape),
): Promise<Finding[]> {
  const kinds = new Set([...oftenMixed, ...landscape.configurations.map(({ kind }) => kind)]);
  const releases = new Set([
    release,
    oldestRelease,
    ...landscape.configurations.map((one) => one.release ?? release),
  ]);
  const keys = new Map<string, ReadonlyMap<string, Key>>();
  for (const kind of kinds)
    for (const one of releases) keys.set(`${kind} ${one}`, await keysOf(kind, one));
  const known: Known = {
    landscape,
    release,
    keys: (kind, of = release) => keys.get(`${kind} ${of}`) ?? new Map(),
    environmentOf,
  };
  // What several clients share is wrong once: Spring's common section, a profile's base.
  const said = new Set<string>();
  return rules
    .flatMap((rule) => [...rule.check(known)].map((found) => ({ ...found, rule })))
    .filter(({ rule, at: { file, line, column } }) => {
      const place = JSON.stringify([rule.code, file, line, column]);
      return !said.has(place) && said.add(place);
    })
    .filter(
      ({ rule: { production }, at }) =>
        !production || isMeant(production, environmentOf(at.file, at.line)),
    )
    .sort(inOrder);
}

const isMeant = (production: true | 'named', environment: Environment): boolean =>
  production === 'named' ? isSaidToBeProduction(environment) : environment.is === 'production';

/** By file, line and column. */
export const inOrder = ({ at: one }: Finding, { at: other }: Finding): number =>
  compare(one.file, other.file) || one.line - other.line || one.column - other.column;

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
