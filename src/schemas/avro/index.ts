import { InvalidSchema, ofReference, type SchemaFormat, sha256 } from '../schema.ts';
import { canonicalAvro, fingerprintAvro } from './canonical.ts';
import { compareAvro } from './compare.ts';
import type { AvroNamed } from './model.ts';
import { type AvroSchema, parseAvro } from './parse.ts';

export const avroFormat: SchemaFormat<AvroSchema> = {
  parse(text, references) {
    const beside = new Map<string, AvroNamed>();
    // In their order: each may use those before it, as registries resolve references.
    for (const [of, reference] of references) {
      const { named } = ofReference(of, () => parseAvro(reference, beside));
      for (const [name, type] of named) beside.set(name, type);
    }
    const schema = parseAvro(text, beside);
    const [missing] = schema.missing;
    if (missing) throw new InvalidSchema(missing);
    return schema;
  },
  compare: ({ root: reader }, { root: writer }, direction, wait) =>
    compareAvro(reader, writer, direction, wait),
  normalise: ({ root }) => canonicalAvro(root),
  fingerprints: ({ root }) => ({
    'CRC-64-AVRO': fingerprintAvro(root),
    'SHA-256': sha256(canonicalAvro(root)),
  }),
};
