import { createHash } from 'node:crypto';
import type { SchemaFormat } from '../schema.ts';
import { compareJsonSchemas } from './compare.ts';
import { canonical, type JsonSchema, parseJsonSchema } from './parse.ts';

export const jsonFormat: SchemaFormat<JsonSchema> = {
  parse: parseJsonSchema,
  compare: ({ root: reader }, { root: writer }, direction) =>
    compareJsonSchemas(reader, writer, direction),
  normalise: ({ node }) => canonical(node),
  fingerprint: ({ node }) => createHash('sha256').update(canonical(node)).digest('hex'),
};
