/** Prose is broken here, code and tables are not. */
const columns = 96;

/** A section of the README; without a heading it is the top of it. */
export type Section = { readonly heading: string; readonly blocks: readonly string[] };

/** Words, where a code span or a link is one word: broken in two, it can't be copied. */
const words = (text: string): string[] => text.match(/(?:`[^`]*`|\[[^\]]*\]\([^)]*\)|\S)+/g) ?? [];

export function paragraph(text: string, width = columns): string {
  const lines: string[] = [];
  for (const word of words(text)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

const item =
  (marker: (index: number) => string) =>
  (text: string, index: number): string => {
    const start = marker(index);
    const indent = ' '.repeat(start.length);
    return start + paragraph(text, columns - start.length).replaceAll('\n', `\n${indent}`);
  };

export const bullets = (items: readonly string[]): string => items.map(item(() => '- ')).join('\n');

export const steps = (items: readonly string[]): string =>
  items.map(item((index) => `${index + 1}. `)).join('\n');

/** Steps of a paragraph each, or of several blocks such as a paragraph and a command. */
export const longSteps = (items: readonly (readonly [string, ...string[]])[]): string =>
  items
    .map(([first, ...blocks], index) =>
      [steps([first]).replace(/^1/, String(index + 1)), ...blocks.map(indented)].join('\n\n'),
    )
    .join('\n\n');

const indented = (block: string): string => block.replaceAll(/^(?=.)/gm, '   ');

export const fence = (language: string, text: string): string =>
  `\`\`\`${language}\n${text}\n\`\`\``;

/** Columns as wide as their widest cell, as Prettier writes them. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) =>
    Math.max(3, ...cells.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first, ...others] = cells.map(line);
  return [first, line(widths.map((width) => '-'.repeat(width))), ...others].join('\n');
}

/** What a person wrote in krafter.yaml, on one line and without effect on the text around it. */
export const plain = (text: string): string =>
  text
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_<>[\]]/g, '\\$&');

/** A name or value as code; a backtick can't be in one. */
export const code = (text: string): string =>
  `\`${text.replaceAll('`', "'").replaceAll(/\s+/g, ' ')}\``;

/** `a, b and c`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** `one broker`, `three brokers`, `12 brokers`. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${numbers[count] ?? count} ${count === 1 ? noun : plural}`;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
