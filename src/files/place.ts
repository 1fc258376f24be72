/** A stretch of a text: lines and columns count from 1, a column is a UTF-16 unit. */
export type Place = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** After the last character. */
  readonly endColumn: number;
};
