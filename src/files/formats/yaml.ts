import type { Alias, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Place } from '../place.ts';
import { largestManifest, type ProjectFile } from '../project-file.ts';

/** A place in a YAML document. Aliases and merges are followed when asked, never expanded. */
export type YamlNode = {
  readonly line: number;
  /** As it is written: quotes belong to it, comments do not. Empty where nothing stands. */
  readonly at: Place;
  /** Of an entry of a map: its key. */
  readonly keyAt: Place | undefined;
  /** A scalar as text; undefined for maps, lists and null. */
  readonly text: string | undefined;
  /** Of a literal block scalar (`|`): the offsets in the file between which its lines stand. */
  readonly lines: { readonly start: number; readonly end: number } | undefined;
  get(...path: string[]): YamlNode | undefined;
  /** Of a map, with the keys of `<<` merged in. */
  entries(): [string, YamlNode][];
  /** Of a list. */
  items(): YamlNode[];
};

const mostDocuments = 500;
// Against alias bombs: nobody writes a map of so many entries, nor merges so deep.
const mostEntries = 2_000;
const deepestMerge = 8;

/**
 * The documents of a file that `wanted` matches. The others, and templates (Helm's are not
 * YAML before they are rendered), are not parsed at all.
 */
export async function yamlDocuments(file: ProjectFile, wanted: RegExp): Promise<YamlNode[]> {
  const chunks = documentChunks(file.text).filter(
    ({ text }) => wanted.test(text) && !text.includes('{{') && text.length <= largestManifest,
  );
  if (chunks.length === 0) return [];
  const yaml = await import('yaml');
  return chunks.slice(0, mostDocuments).map(({ text, start }) => {
    const document = yaml.parseDocument(text, {
      keepSourceTokens: false,
      logLevel: 'silent',
      prettyErrors: false,
      uniqueKeys: false, // the check takes time square to the number of keys
    });
    const [error] = document.errors;
    if (error) {
      const line = file.lineAt(start + error.pos[0]);
      throw new Error(`not valid YAML at line ${line} (${error.code.toLowerCase()})`);
    }
    const anchors = new Map<string, Node>();
    yaml.visit(document, {
      Node: (_, node) => {
        if ('anchor' in node && node.anchor) anchors.set(node.anchor, node);
      },
    });
    const place = (from: number, to: number) => file.place(start + from, start + to);
    const linesOf = ([from, to]: readonly [number, number]) => ({
      start: start + text.indexOf('\n', from) + 1,
      end: start + to,
    });
    return nodeOf(document.contents, { place, linesOf, anchors }, undefined);
  });
}

function documentChunks(text: string): { text: string; start: number }[] {
  const chunks: { text: string; start: number }[] = [];
  let start = 0;
  for (const marker of text.matchAll(/^---(?=\s|$)/gm)) {
    chunks.push({ text: text.slice(start, marker.index), start });
    start = marker.index + 3;
  }
  chunks.push({ text: text.slice(start), start });
  return chunks;
}

type Anchors = ReadonlyMap<string, Node>;
type Within = {
  readonly place: (from: number, to: number) => Place;
  readonly linesOf: (block: readonly [number, number]) => { start: number; end: number };
  readonly anchors: Anchors;
};

function nodeOf(raw: unknown, within: Within, key: Pair['key'] | undefined): YamlNode {
  const { place, anchors } = within;
  const target = resolved(raw, anchors);
  const [keyStart, keyEnd] = (key as Node | undefined)?.range ?? [0, 0];
  const [start, end] = (raw as Node | null)?.range ?? [keyEnd, keyEnd];

  function entries(): [string, YamlNode][] {
    const found = new Map<string, YamlNode>();
    let left = mostEntries;
    const collect = (map: unknown, depth: number) => {
      if (!isMap(map) || depth > deepestMerge) return;
      const merged: unknown[] = [];
      for (const pair of map.items) {
        if (left-- <= 0) return;
        const key = scalarText(pair.key);
        if (key === '<<') merged.push(pair.value);
        else if (key !== undefined && !found.has(key)) {
          found.set(key, nodeOf(pair.value, within, pair.key));
        }
      }
      for (const source of merged) {
        const from = resolved(source, anchors);
        for (const one of isSeq(from) ? from.items : [from]) {
          if (left-- <= 0) return;
          collect(resolved(one, anchors), depth + 1);
        }
      }
    };
    collect(target, 0);
    return [...found];
  }

  return {
    get line() {
      return (this.keyAt ?? this.at).line;
    },
    get at() {
      return place(start, end);
    },
    get keyAt() {
      return key === undefined ? undefined : place(keyStart, keyEnd);
    },
    text: scalarText(target),
    get lines() {
      const { type, range } = (target ?? {}) as Partial<Scalar>;
      return type === 'BLOCK_LITERAL' && range && range[0] < range[1]
        ? within.linesOf([range[0], range[1]])
        : undefined;
    },
    entries,
    get(...path) {
      const [key, ...rest] = path;
      const next = entries().find(([name]) => name === key)?.[1];
      return rest.length === 0 ? next : next?.get(...rest);
    },
    items() {
      if (!isSeq(target)) return [];
      return target.items.slice(0, mostEntries).map((item) => nodeOf(item, within, undefined));
    },
  };
}

function resolved(node: unknown, anchors: Anchors): unknown {
  const isAlias =
    typeof node === 'object' && node !== null && 'source' in node && !('value' in node);
  return isAlias ? anchors.get((node as Alias).source) : node;
}

const hasItems = (node: unknown): node is { items: unknown[] } =>
  typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items);
const isPair = (item: unknown) => typeof item === 'object' && item !== null && 'key' in item;
const isMap = (node: unknown): node is YAMLMap =>
  hasItems(node) && node.items.length > 0 && node.items.every(isPair);
const isSeq = (node: unknown): node is YAMLSeq => hasItems(node) && !node.items.some(isPair);

function scalarText(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null || !('value' in node)) return undefined;
  const { value } = node;
  return value === null || value === undefined || typeof value === 'object'
    ? undefined
    : String(value);
}
