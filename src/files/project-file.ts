import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Place } from './place.ts';

/** Bytes; larger ones are not read. */
export const largestFile = 1_000_000;

/** Larger than any manifest that a person writes, small enough to be parsed in a moment. */
export const largestManifest = 200_000;

/** One text file of the folder, by its path relative to it (with forward slashes). */
export class ProjectFile {
  readonly path: string;
  readonly text: string;
  #starts: number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1);
  }

  /** 1-based, as editors count. */
  lineAt(offset: number): number {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** The stretch between two offsets. */
  place(start: number, end: number): Place {
    const [line, endLine] = [this.lineAt(start), this.lineAt(end)];
    const column = (offset: number, of: number) => offset - (this.#lineStarts()[of - 1] ?? 0) + 1;
    return {
      file: this.path,
      line,
      column: column(start, line),
      endLine,
      endColumn: column(end, endLine),
    };
  }

  /** The reverse of a place; undefined where the text has no such line or column. */
  offset(line: number, column: number): number | undefined {
    const start = this.#lineStarts()[line - 1];
    const end = this.#lineStarts()[line] ?? this.text.length + 1;
    return start === undefined || column < 1 || start + column - 1 >= end
      ? undefined
      : start + column - 1;
  }

  /** The first line, from one on, that holds a word as a whole: "orders" is not in "orders.v1". */
  lineHolding(word: string, from = 1): number | undefined {
    let at = this.text.indexOf(word, this.#lineStarts()[from - 1] ?? 0);
    for (; at !== -1 && word !== ''; at = this.text.indexOf(word, at + 1)) {
      if (isWholeWord(this.text, at, word.length)) return this.lineAt(at);
    }
    return undefined;
  }

  line(number: number): string {
    const starts = this.#lineStarts();
    return this.text.slice(starts[number - 1] ?? 0, starts[number] ?? this.text.length);
  }

  #lineStarts(): number[] {
    if (this.#starts) return this.#starts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    this.#starts = starts;
    return starts;
  }
}

export function isWholeWord(text: string, at: number, length: number): boolean {
  return !/[\w.-]/.test(`${text[at - 1] ?? ' '}${text[at + length] ?? ' '}`);
}

/** The whole project, as far as a reader may look beyond its own file. */
export type Project = {
  /** The file at this path, if there is one that can be read. */
  file(path: string): ProjectFile | undefined;
  /** Paths of the files that lie in this folder, which has a slash at its end; where that can be told. */
  folder?(path: string): readonly string[];
};

export type Read = { readonly text: string } | { readonly skipped: string } | 'binary';

/** A regular file's text; never waits for a pipe, follows no link, reads no more than a megabyte. */
export function readText(path: string): Read {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(
      path,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { skipped: 'not a regular file' };
    if (stat.size > largestFile) return { skipped: 'larger than 1 MB' };
    const bytes = Buffer.allocUnsafe(stat.size);
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(descriptor, bytes, length, bytes.length - length, null);
      if (read === 0) break;
      length += read;
    }
    const content = bytes.subarray(0, length);
    return content.includes(0) ? 'binary' : { text: content.toString('utf8') };
  } catch (error) {
    return { skipped: `can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
