import { largestManifest, type ProjectFile } from '../project-file.ts';
import { blankComments } from './comments.ts';
import { isObject, type JsonObject } from './json.ts';

export type Xml = {
  readonly root: JsonObject;
  /** The line on which an element of this object starts, or that of a tag within it. */
  lineOf(element: unknown, tag?: string): number;
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
  return {
    root: isObject(root) ? root : {},
    lineOf(element, tag) {
      const at = isObject(element)
        ? (element as { [key: symbol]: { startIndex?: number } })[metadata]?.startIndex
        : undefined;
      if (at === undefined) return 1;
      const inside = tag === undefined ? -1 : text.indexOf(`<${tag}>`, at);
      return file.lineAt(inside === -1 ? at : inside);
    },
  };
}
