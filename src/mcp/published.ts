import { z } from 'zod';

type Json = { readonly [key: string]: unknown };

/**
 * A schema as it is published to clients: each word in `tools/list` is paid for in every
 * conversation. What only repeats a default of JSON Schema is left out, and of answers what is
 * inside their parts: they are checked all the same, and read by somebody who sees them.
 */
export function published<S extends z.ZodType>(schema: S, io: 'input' | 'output'): S {
  const json = lean(z.toJSONSchema(schema, { io }), io === 'input' ? 9 : 1) as Json;
  return {
    '~standard': { ...schema['~standard'], jsonSchema: { input: () => json, output: () => json } },
  } as unknown as S;
}

const defaults = new Set(['$schema', 'additionalProperties', 'propertyNames', 'pattern']);
const inside = new Set(['properties', 'required', 'items']);

function lean(node: unknown, depth: number): unknown {
  if (Array.isArray(node)) return node.map((one) => lean(one, depth));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => {
      if (defaults.has(key) || (depth === 0 && inside.has(key))) return [];
      if (key !== 'properties') return [[key, lean(value, depth)]];
      const parts = Object.entries(value as Json).map(([name, part]) => [
        name,
        lean(part, depth - 1),
      ]);
      return [[key, Object.fromEntries(parts)]];
    }),
  );
}
