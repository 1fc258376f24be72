import type { Place } from '../../files/place.ts';

/** A schema file, or one inside another file. */
export type SchemaText = {
  readonly format: 'avro' | 'protobuf' | 'json-schema';
  readonly text: string;
  readonly at: Place;
};
