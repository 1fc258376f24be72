import { diff3Merge } from 'node-diff3';
import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';

export type StructureMerge =
  | { readonly kind: 'clean'; readonly text: string }
  /** The person's text with every change of krafter's that fits, and one that takes all. */
  | {
      readonly kind: 'conflict';
      readonly keys: string[];
      readonly mine: string;
      readonly krafters: string;
    };

type Value = Node | null | undefined;
type Side = 'mine' | 'krafters';

/**
 * Makes krafter's changes from base to ours in the person's tree, which keeps its comments and
 * order. Where the person changed the same thing differently, `side` wins; returns those keys.
 */
export function mergeTrees(base: Node, theirs: Node, ours: Node, side: Side): string[] {
  const conflicts: string[] = [];
  if (isMap(base) && isMap(theirs) && isMap(ours)) mergeMaps(base, theirs, ours, '');
  else if (isSeq(base) && isSeq(theirs) && isSeq(ours)) mergeLists(base, theirs, ours, '');
  else conflicts.push('the whole file');
  return conflicts;

  function mergeMaps(base: YAMLMap | undefined, theirs: YAMLMap, ours: YAMLMap, at: string) {
    const keys = new Set([...ours.items, ...(base?.items ?? [])].map(keyOf));
    for (const key of keys) {
      const [b, t, o] = [find(base, key), find(theirs, key), find(ours, key)];
      const path = at ? `${at}.${key}` : key;
      if (mergeInside(b?.value as Value, t?.value as Value, o?.value as Value, path)) continue;
      if (same(b, o) || same(t, o)) continue;
      if (!same(t, b)) conflicts.push(path);
      if (same(t, b) || side === 'krafters') put(theirs, key, t, o, ours, b);
    }
  }

  /** True when the change could be made deeper down. */
  function mergeInside(b: Value, t: Value, o: Value, path: string): boolean {
    if (isMap(t) && isMap(o) && (b === undefined || isMap(b))) mergeMaps(b, t, o, path);
    else if (isSeq(b) && isSeq(t) && isSeq(o)) mergeLists(b, t, o, path);
    else return false;
    return true;
  }

  function mergeLists(base: YAMLSeq, theirs: YAMLSeq, ours: YAMLSeq, path: string) {
    const [b, t, o] = [base, theirs, ours].map(({ items }) => items.map(canonical));
    if (!b || !t || !o) return;
    const [fromBase, fromTheirs, fromOurs] = [takeFrom(base), takeFrom(theirs), takeFrom(ours)];
    const merged: unknown[] = [];
    for (const { ok, conflict } of diff3Merge(t, b, o, { excludeFalseConflicts: true })) {
      for (const item of ok ?? []) merged.push(fromTheirs(item) ?? fromOurs(item));
      if (!conflict) continue;
      const mine = conflict.a.map(fromTheirs);
      const old = conflict.o.map(fromBase);
      const fresh = conflict.b.map(fromOurs);
      const pairs = mine.map((item, index) => [old[index], item, fresh[index]] as Value[]);
      const alike = mine.length === old.length && mine.length === fresh.length;
      if (alike && pairs.every((three) => three.every(isMap))) {
        for (const [b, t, o] of pairs) mergeInside(b, t, o, `${path}[${merged.length}]`);
        merged.push(...mine);
      } else {
        conflicts.push(path || 'the list');
        merged.push(...(side === 'mine' ? mine : fresh));
      }
    }
    theirs.items = merged;
  }
}

/** A tree as a string that is equal for equal values, whatever its format and comments. */
export const canonical = (node: unknown): string =>
  JSON.stringify(plain(node), (_, value) => (typeof value === 'bigint' ? `${value}n` : value));

function plain(node: unknown): unknown {
  if (isMap(node)) return { map: node.items.map((pair) => [keyOf(pair), plain(pair.value)]) };
  if (isSeq(node)) return node.items.map(plain);
  if (isScalar(node)) return { scalar: node.value, is: typeof node.value, tag: node.tag };
  // An alias says its anchor's name; what it stands for is compared where it is anchored.
  return { alias: String((node as { source?: string } | null)?.source) };
}

const keyOf = (pair: Pair): string => {
  const { key } = pair;
  return isScalar(key) ? String(key.value) : canonical(key);
};

const find = (map: YAMLMap | undefined, key: string) =>
  map?.items.find((pair) => keyOf(pair) === key);

const same = (a: Pair | undefined, b: Pair | undefined) =>
  a === undefined || b === undefined ? a === b : canonical(a.value) === canonical(b.value);

/** Sets, adds or removes one key, as it is in krafter's map. */
function put(
  theirs: YAMLMap,
  key: string,
  there: Pair | undefined,
  pair: Pair | undefined,
  ours: YAMLMap,
  base: Pair | undefined,
) {
  if (!pair) {
    theirs.items = theirs.items.filter((item) => item !== there);
  } else if (there) {
    keepComment(there.value, pair.value, base?.value);
    there.value = pair.value;
  } else {
    const order = ours.items.map(keyOf);
    const before = order.slice(0, order.indexOf(key)).findLast((other) => find(theirs, other));
    const at = theirs.items.findIndex((item) => keyOf(item) === before) + 1;
    theirs.items.splice(at, 0, pair);
  }
}

function keepComment(theirs: unknown, ours: unknown, base: unknown) {
  if (!isScalar(theirs) || !isScalar(ours)) return;
  const known = isScalar(base) ? base : undefined;
  if (theirs.comment !== known?.comment) ours.comment = theirs.comment ?? null;
  if (theirs.commentBefore !== known?.commentBefore)
    ours.commentBefore = theirs.commentBefore ?? null;
}

/** Hands out the list's items by value, each once, so that each keeps its own comments. */
function takeFrom(list: YAMLSeq) {
  const items = new Map<string, unknown[]>();
  for (const item of list.items) {
    const said = canonical(item);
    items.set(said, [...(items.get(said) ?? []), item]);
  }
  return (said: string) => items.get(said)?.shift();
}
