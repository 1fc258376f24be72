import type { Place } from '../../files/place.ts';

/** A schema file, or one inside another file. */
export type SchemaText = {
  readonly format: 'avro' | 'protobuf' | 'json-schema';
  readonly text: string;
  /** Where it begins; the text is the whole file, unless it is inside another. */
  readonly at: Place;
  readonly inside?: true;
  /** What it was in the commit that it is compared with, where one was asked for. */
  readonly before?: string;
};
