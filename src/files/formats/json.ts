import type { Place } from '../place.ts';
import type { ProjectFile } from '../project-file.ts';

export type JsonObject = { readonly [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function json(file: ProjectFile): unknown {
  try {
    return JSON.parse(file.text);
  } catch {
    throw new Error('not valid JSON');
  }
}

/** The line of each key, by its path (`dependencies/kafkajs`, `fields/0/name`). */
export const jsonKeyLines = (file: ProjectFile): Map<string, number> =>
  new Map([...jsonKeys(file)].map(([path, { line }]) => [path, line]));

/** Where each key stands, between its quotes, by its path. */
export function jsonKeys(file: ProjectFile): Map<string, Place> {
  const keys = new Map<string, Place>();
  const stack: { path: string; index: number | undefined; key: string }[] = [];
  let last: { text: string; offset: number } | undefined;
  const placeOf = (top: (typeof stack)[number]) => `${top.path}${top.index ?? top.key}`;
  for (const token of file.text.matchAll(/"([^"\\]*(?:\\.[^"\\]*)*)"|[{}[\]:,]/g)) {
    const top = stack.at(-1);
    const [sign] = token;
    if (sign === '{' || sign === '[') {
      // Beyond this depth nobody looks, and paths would grow with the square of the depth.
      if (stack.length > 40) break;
      const path = top ? `${placeOf(top)}/` : '';
      stack.push({ path, index: sign === '[' ? 0 : undefined, key: '' });
    } else if (sign === '}' || sign === ']') stack.pop();
    else if (sign === ',') {
      if (top?.index !== undefined) top.index += 1;
    } else if (sign === ':') {
      if (top && last) {
        top.key = last.text;
        const place = placeOf(top);
        const start = last.offset + 1;
        if (!keys.has(place)) keys.set(place, file.place(start, start + last.text.length));
      }
    } else last = { text: token[1] ?? '', offset: token.index };
  }
  return keys;
}
