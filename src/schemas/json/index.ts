import { type SchemaFormat, sha256 } from '../schema.ts';
import { compareJsonSchemas } from './compare.ts';
import { canonical, type JsonSchema, parseJsonSchema } from './parse.ts';

export const jsonFormat: SchemaFormat<JsonSchema> = {
  parse: parseJsonSchema,
  compare: ({ root: reader }, { root: writer }, direction, wait) =>
    compareJsonSchemas(reader, writer, direction, wait),
  normalise: ({ node }) => canonical(node),
  fingerprints: ({ node }) => ({ 'SHA-256': sha256(canonical(node)) }),
};
