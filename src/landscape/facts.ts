import type { Kind } from '../catalog/kafka-keys/key.ts';

/** A stretch of a text: lines and columns count from 1, a column is a UTF-16 unit. */
export type Place = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** After the last character. */
  readonly endColumn: number;
};

/** As it is written, or why files don't tell: a variable without a default, a secret's place. */
export type Value = { readonly known: string } | { readonly unknown: string };

export type Setting = {
  readonly key: string;
  readonly value: Value;
  readonly keyAt: Place;
  readonly valueAt: Place;
};

/** Settings that one of Kafka's ConfigDefs reads. */
export type Configuration = {
  readonly kind: Kind;
  readonly file: string;
  /** As the file has them, also what is said twice. */
  readonly settings: readonly Setting[];
};

/** A file that Kafka would not read either, or that was left out; and why. */
type Unread = { readonly file: string; readonly says: string; readonly at?: Place };

/** What is known about everything of Kafka in a project. Rules see this and nothing else. */
export type Landscape = {
  readonly configurations: readonly Configuration[];
  readonly unread: readonly Unread[];
};
