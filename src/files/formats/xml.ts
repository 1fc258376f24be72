import type { Place } from '../place.ts';
import { largestManifest, type ProjectFile } from '../project-file.ts';
import { blankComments } from './comments.ts';
import { isObject, type JsonObject } from './json.ts';

export type Xml = {
  readonly root: JsonObject;
  /** The line on which an element of this object starts, or that of a tag within it. */
  lineOf(element: unknown, tag?: string): number;
  /** The text inside the first such tag within an element. */
  textAt(element: unknown, tag: string): Place | undefined;
};

export async function xml(file: ProjectFile, lists: readonly string[]): Promise<Xml> {
  if (file.text.length > largestManifest) throw new Error('larger than 200 KB');
  const { XMLParser } = await import('fast-xml-parser');
  const parser = new XMLParser({
    captureMetaData: true,
    ignoreAttributes: true,
    processEntities: false, // no entity bombs
    parseTagValue: false,
    isArray: (name) => lists.includes(name),
  });
  let root: unknown;
  try {
    root = parser.parse(file.text, true);
  } catch {
    throw new Error('not valid XML');
  }
  const metadata = XMLParser.getMetaDataSymbol() as unknown as symbol;
  const text = blankComments(file.text, 'xml');
  const startOf = (element: unknown) =>
    isObject(element)
      ? (element as { [key: symbol]: { startIndex?: number } })[metadata]?.startIndex
      : undefined;
  return {
    root: isObject(root) ? root : {},
    textAt(element, tag) {
      const tagged = text.indexOf(`<${tag}>`, startOf(element) ?? 0);
      const start = tagged + tag.length + 2;
      const end = text.indexOf('</', start);
      if (tagged === -1 || end === -1) return undefined;
      const inside = text.slice(start, end);
      const from = start + inside.length - inside.trimStart().length;
      return file.place(from, from + inside.trim().length);
    },
    lineOf(element, tag) {
      const at = startOf(element);
      if (at === undefined) return 1;
      const inside = tag === undefined ? -1 : text.indexOf(`<${tag}>`, at);
      return file.lineAt(inside === -1 ? at : inside);
    },
  };
}
