import { JsonProblem, jsonTree, property, stringProperty } from '../files/formats/json-tree.ts';
import type { Format } from './schema.ts';

/** What the name of a file says about the schema in it. */
export function formatOfFile(name: string): Format | undefined {
  if (/\.(avsc|avro)$/.test(name)) return 'avro';
  if (/\.proto$/.test(name)) return 'protobuf';
  if (/\.json$/.test(name)) return 'json';
  return undefined;
}

const ofJsonSchema = ['$schema', '$id', '$ref', '$defs', 'properties', 'definitions', 'allOf'];

/** The format of a text, where there is only one that it can be. */
export function formatOfText(text: string): Format | undefined {
  if (!/^\s*["[{]/.test(text))
    return /^\s*(syntax|edition|package|import|message|enum|option|\/[/*])/.test(text)
      ? 'protobuf'
      : undefined;
  try {
    const node = jsonTree(text, 'allowed');
    if (node.kind === 'string' || node.kind === 'array') return 'avro';
    if (/^(record|enum|fixed|error|map)$/.test(stringProperty(node, 'type') ?? '')) return 'avro';
    return ofJsonSchema.some((name) => property(node, name) !== undefined) ? 'json' : undefined;
  } catch (error) {
    if (error instanceof JsonProblem) return undefined;
    throw error;
  }
}
