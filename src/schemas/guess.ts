import {
  type JsonNode,
  JsonProblem,
  jsonTree,
  property,
  stringProperty,
} from '../files/formats/json-tree.ts';
import type { Format } from './schema.ts';

/** What the name of a file says about the schema in it. */
export function formatOfFile(name: string): Format | undefined {
  if (/\.(avsc|avro)$/.test(name)) return 'avro';
  if (/\.proto$/.test(name)) return 'protobuf';
  if (/\.json$/.test(name)) return 'json';
  return undefined;
}

const ofJsonSchema = [
  ...['$schema', '$id', '$ref', '$defs', 'definitions', 'properties'],
  ...['allOf', 'anyOf', 'oneOf', 'enum', 'const'],
];
const types = /^(string|number|integer|boolean|null|array|object|record|fixed|map)$/;

/** A JSON file is a schema, if only one of those that could be of either format. */
export const looksLikeSchema = (text: string): boolean =>
  formatOfText(text) !== undefined || types.test(stringProperty(tree(text), 'type') ?? '');

/** The format of a text, where there is only one that it can be. */
export function formatOfText(text: string): Format | undefined {
  if (!/^\s*["[{]/.test(text))
    return /^\s*(syntax|edition|package|import|message|enum|option|\/[/*])/.test(text)
      ? 'protobuf'
      : undefined;
  const node = tree(text);
  if (node?.kind === 'string' || node?.kind === 'array') return 'avro';
  if (/^(record|enum|fixed|error|map)$/.test(stringProperty(node, 'type') ?? '')) return 'avro';
  return ofJsonSchema.some((name) => property(node, name) !== undefined) ? 'json' : undefined;
}

function tree(text: string): JsonNode | undefined {
  try {
    return jsonTree(text, 'allowed');
  } catch (error) {
    if (error instanceof JsonProblem) return undefined;
    throw error;
  }
}
