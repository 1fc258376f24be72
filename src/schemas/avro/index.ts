import { InvalidSchema, type SchemaFormat } from '../schema.ts';
import { canonicalAvro, fingerprintAvro } from './canonical.ts';
import { compareAvro } from './compare.ts';
import type { AvroNamed } from './model.ts';
import { type AvroSchema, parseAvro } from './parse.ts';

export const avroFormat: SchemaFormat<AvroSchema> = {
  parse(text, references) {
    const beside = new Map<string, AvroNamed>();
    // In their order: each may use those before it, as registries resolve references.
    for (const reference of references.values())
      for (const [name, type] of parseAvro(reference, beside).named) beside.set(name, type);
    const schema = parseAvro(text, beside);
    const [missing] = schema.missing;
    if (missing) throw new InvalidSchema(missing);
    return schema;
  },
  compare: ({ root: reader }, { root: writer }, direction) =>
    compareAvro(reader, writer, direction),
  normalise: ({ root }) => canonicalAvro(root),
  fingerprint: ({ root }) => fingerprintAvro(root),
};
