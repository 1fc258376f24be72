import { folderOf } from '../files/folder.ts';
import type { Located } from '../landscape/facts/configuration.ts';
import type { Landscape } from '../landscape/facts/index.ts';
import type { Resource } from '../landscape/facts/workload.ts';
import { clusterLabel, textIn } from '../landscape/node-pools.ts';
import type { Known } from './rule.ts';

/** Strimzi's own, by kind. */
export const ofStrimzi = ({ landscape }: Known, ...kinds: readonly string[]): Resource[] =>
  landscape.resources.filter((one) => kinds.includes(one.kind) && isStrimzis(one));

export const isStrimzis = ({ apiVersion: { value } }: Resource): boolean =>
  'known' in value && /\bstrimzi\.io\//.test(value.known);

/** Whether nothing is there at this path or below, for certain. */
export const lacks = ({ fields, open }: Resource, path: string): boolean =>
  !open && !fields.has(path) && ![...fields.keys()].some((one) => one.startsWith(`${path}.`));

export const has = (resource: Resource, path: string): boolean => {
  const { fields } = resource;
  return fields.has(path) || [...fields.keys()].some((one) => one.startsWith(`${path}.`));
};

/** Items of a list of maps, each as its fields by path. */
export function itemsIn({ fields }: Resource, path: string): ReadonlyMap<string, Located>[] {
  const items = new Map<string, Map<string, Located>>();
  for (const [key, value] of fields) {
    if (!key.startsWith(`${path}.`)) continue;
    const [index = '', ...rest] = key.slice(path.length + 1).split('.');
    const item = items.get(index) ?? new Map<string, Located>();
    item.set(rest.join('.'), value);
    items.set(index, item);
  }
  return [...items.values()];
}

/**
 * The one that a `strimzi.io/cluster` label names: of the same folder, or else the only one of that name.
 * Undefined also where files leave it open which is meant.
 */
export function named(
  kind: string,
  belonging: Resource,
  { resources }: Landscape,
): Resource | undefined {
  const name = textIn(belonging, clusterLabel);
  const candidates = resources.filter(
    (one) =>
      one.kind === kind &&
      one.name === name &&
      (one.namespace ?? belonging.namespace) === (belonging.namespace ?? one.namespace),
  );
  const folder = folderOf(belonging.at.file);
  const near = candidates.filter((one) => folderOf(one.at.file) === folder);
  return near.length === 1 ? near[0] : candidates.length === 1 ? candidates[0] : undefined;
}
