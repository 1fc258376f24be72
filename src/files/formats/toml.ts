import { isWholeWord, largestManifest, type ProjectFile } from '../project-file.ts';
import type { JsonObject } from './json.ts';

export type Toml = {
  readonly root: JsonObject;
  /**
   * The line that holds `text` inside a table, below a key where one is given. An unusual layout
   * (dotted keys, inline tables) falls back to the first line that holds the text at all.
   */
  lineOf(place: { table: string; key?: string }, text: string): number;
};

export async function toml(file: ProjectFile): Promise<Toml> {
  if (file.text.length > largestManifest) throw new Error('larger than 200 KB');
  const { parse, TomlError } = await import('smol-toml');
  let root: JsonObject;
  try {
    root = parse(file.text) as JsonObject;
  } catch (error) {
    const where = error instanceof TomlError ? ` at line ${error.line}` : '';
    throw new Error(`not valid TOML${where}`);
  }
  const lines = placedLines(file);
  return {
    root,
    lineOf({ table, key }, text) {
      const inside = lines.findIndex(
        (line) =>
          line.table === table && (key === undefined || line.key === key) && holds(line.text, text),
      );
      const at = inside === -1 ? lines.findIndex((line) => holds(line.text, text)) : inside;
      return Math.max(at + 1, 1);
    },
  };
}

/** Each line with the table and the key that it stands under: the parser keeps no positions. */
function placedLines(file: ProjectFile): { text: string; table: string; key: string }[] {
  let table = '';
  let key = '';
  return file.text.split('\n').map((line) => {
    const text = withoutComment(line);
    const opened = /^[ \t]*\[\[?([^[\],]+)\]\]?\s*$/.exec(text)?.[1];
    if (opened !== undefined) {
      table = opened.replaceAll(/["'\s]/g, '');
      key = '';
    } else key = /^[ \t]*["']?([\w.-]+)["']?[ \t]*=/.exec(text)?.[1] ?? key;
    return { text, table, key };
  });
}

function holds(line: string, text: string): boolean {
  for (let at = line.indexOf(text); at !== -1; at = line.indexOf(text, at + 1)) {
    if (isWholeWord(line, at, text.length)) return true;
  }
  return false;
}

const withoutComment = (line: string) =>
  line.replaceAll(/"[^"]*"|'[^']*'|#.*/g, (part) => (part.startsWith('#') ? '' : part));
