import { isWholeWord, type ProjectFile } from '../project-file.ts';
import type { JsonObject } from './json.ts';

export async function toml(file: ProjectFile): Promise<JsonObject> {
  const { parse, TomlError } = await import('smol-toml');
  try {
    return parse(file.text) as JsonObject;
  } catch (error) {
    const where = error instanceof TomlError ? ` at line ${error.line}` : '';
    throw new Error(`not valid TOML${where}`);
  }
}

/**
 * The line that holds `text` inside a table, below a key where one is given. The parser keeps
 * no positions, so the lines are read once more; an unusual layout (dotted keys, inline tables)
 * falls back to the first line that holds the text at all.
 */
export function tomlLine(file: ProjectFile, table: string, key: string, text: string): number {
  const lines = file.text.split('\n').map(withoutComment);
  let header = '';
  let current = '';
  for (const [index, line] of lines.entries()) {
    const opened = /^\s*\[\[?\s*([^[\]]+?)\s*\]\]?\s*$/.exec(line)?.[1];
    if (opened !== undefined && !line.includes(',')) {
      header = opened.replaceAll(/["'\s]/g, '');
      current = '';
      continue;
    }
    current = /^\s*["']?([\w.-]+)["']?\s*=/.exec(line)?.[1] ?? current;
    if (header === table && (key === '' || current === key) && holds(line, text)) return index + 1;
  }
  return Math.max(lines.findIndex((line) => holds(line, text)) + 1, 1);
}

function holds(line: string, text: string): boolean {
  for (let at = line.indexOf(text); at !== -1; at = line.indexOf(text, at + 1)) {
    if (isWholeWord(line, at, text.length)) return true;
  }
  return false;
}

const withoutComment = (line: string) =>
  line.replaceAll(/"[^"]*"|'[^']*'|#.*/g, (part) => (part.startsWith('#') ? '' : part));
