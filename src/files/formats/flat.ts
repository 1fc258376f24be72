import type { Place } from '../place.ts';
import type { ProjectFile } from '../project-file.ts';
import { readProperties } from './properties.ts';
import type { YamlNode } from './yaml.ts';

/** A leaf of a nested configuration by its whole path: `spring.kafka.consumer.topics[0]`. */
export type FlatEntry = {
  readonly key: string;
  readonly text: string;
  readonly keyAt: Place;
  readonly valueAt: Place;
};

const mostEntries = 2_000;
const deepestKey = 20;

/** Every scalar of a document, in its order. */
export function flatYaml(root: YamlNode): FlatEntry[] {
  const found: FlatEntry[] = [];
  let left = mostEntries;
  const collect = (node: YamlNode, key: string, depth: number) => {
    if (left-- <= 0 || depth > deepestKey) return;
    const entries = node.entries();
    const items = node.items();
    const { at, keyAt = at } = node;
    // Where nothing stands after a key, Spring's YamlProcessor takes an empty text.
    const text = node.text ?? (isEmpty(at) && key !== '' ? '' : undefined);
    if (text !== undefined) found.push({ key, text, keyAt, valueAt: at });
    for (const [name, child] of entries)
      collect(child, key === '' ? name : `${key}.${name}`, depth + 1);
    for (const [index, child] of items.entries()) collect(child, `${key}[${index}]`, depth + 1);
  };
  collect(root, '', 0);
  return found;
}

const isEmpty = ({ line, column, endLine, endColumn }: Place) =>
  line === endLine && column === endColumn;

/** The same of a `.properties` file. */
export function flatProperties(file: ProjectFile): FlatEntry[] {
  const { entries } = readProperties(file.text);
  return entries.slice(0, mostEntries).map(({ key, value, keyAt, valueAt, end }) => ({
    key,
    text: value,
    keyAt: file.place(keyAt.offset, keyAt.offset + key.length),
    valueAt: file.place(valueAt.offset, end.offset),
  }));
}
