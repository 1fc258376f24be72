/** Pairs of JSON Schemas: one made at random, and one that is changed a little, or is another. */
import fc from 'fast-check';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Pair = { readonly before: string; readonly after: string };

const name = fc.constantFrom('a', 'b', 'c', 'd');
const count = fc.integer({ min: 0, max: 5 });

const optional = (fields: Record<string, fc.Arbitrary<unknown>>, ...needed: string[]) =>
  fc.record(fields, { requiredKeys: needed }) as fc.Arbitrary<Json>;

const { schema } = fc.letrec<{ schema: Json }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    {
      weight: 3,
      arbitrary: optional(
        { type: fc.constant('string'), maxLength: count, minLength: count, pattern: name },
        'type',
      ),
    },
    {
      weight: 3,
      arbitrary: optional(
        {
          type: fc.constantFrom('number', 'integer'),
          minimum: count,
          maximum: count,
          multipleOf: fc.constantFrom(1, 2, 4, 3),
        },
        'type',
      ),
    },
    {
      weight: 1,
      arbitrary: optional(
        { type: fc.constant('number'), exclusiveMaximum: count, exclusiveMinimum: count },
        'type',
      ),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('boolean', 'null') }) },
    {
      weight: 2,
      arbitrary: fc.record({
        enum: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ const: fc.constantFrom('x', 'y') }) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.uniqueArray(fc.constantFrom('string', 'integer', 'null'), { minLength: 1 }),
      }),
    },
    {
      weight: 6,
      arbitrary: optional(
        {
          type: fc.constant('object'),
          properties: fc.dictionary(name, tie('schema'), { maxKeys: 3 }),
          required: fc.uniqueArray(name, { minLength: 1, maxLength: 2 }),
          additionalProperties: fc.oneof(fc.boolean(), fc.boolean(), tie('schema')),
          maxProperties: count,
        },
        'type',
        'properties',
      ),
    },
    {
      weight: 2,
      arbitrary: optional(
        {
          type: fc.constant('array'),
          items: tie('schema'),
          maxItems: count,
          uniqueItems: fc.boolean(),
        },
        'type',
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom('anyOf', 'oneOf', 'allOf'),
          fc.array(tie('schema'), { minLength: 1, maxLength: 3 }),
        )
        .map(([criterion, parts]): Json => ({ [criterion]: parts })),
    },
  ),
}));

/** One small change somewhere, as a person would make it. */
function changed(one: Json, seed: number): Json {
  const copy = structuredClone(one);
  const places: (() => void)[] = [];
  collect(copy);
  places[seed % Math.max(places.length, 1)]?.();
  return copy;

  function collect(node: Json): void {
    if (node === null || typeof node !== 'object' || Array.isArray(node)) return;
    const set = (key: string, value: Json) => () => {
      node[key] = value;
    };
    const drop = (key: string) => () => {
      delete node[key];
    };
    places.push(set('title', 'T'), set('description', 'about it'));
    for (const key of [
      'maxLength',
      'minLength',
      'minimum',
      'maximum',
      'maxItems',
      'maxProperties',
    ]) {
      const value = node[key];
      if (typeof value === 'number')
        places.push(set(key, value + 1), set(key, Math.max(value - 1, 0)), drop(key));
    }
    if (node.type === 'string')
      places.push(set('maxLength', 3), set('pattern', 'q'), set('type', 'integer'));
    if (node.type === 'integer')
      places.push(set('type', 'number'), set('type', ['integer', 'null']));
    if (node.type === 'number') places.push(set('type', 'integer'));
    const values = node.enum;
    if (Array.isArray(values))
      places.push(
        () => values.push('new'),
        () => values.shift(),
      );
    for (const key of ['anyOf', 'oneOf', 'allOf']) {
      const parts = node[key];
      if (!Array.isArray(parts)) continue;
      places.push(
        () => parts.push({ type: 'boolean' }),
        () => {
          if (parts.length > 1) parts.pop();
        },
      );
      for (const part of parts) collect(part);
    }
    if (node.items !== undefined) collect(node.items);
    const { properties } = node;
    if (properties === null || typeof properties !== 'object' || Array.isArray(properties)) return;
    places.push(
      set('additionalProperties', false),
      set('additionalProperties', true),
      set('required', Object.keys(properties)),
      drop('required'),
      () => {
        properties.new = { type: 'string' };
      },
      () => {
        properties.new = { type: 'string', default: '' };
        node.required = [...((node.required as string[] | undefined) ?? []), 'new'];
      },
      () => {
        for (const key of Object.keys(properties).slice(0, 1)) delete properties[key];
      },
    );
    for (const value of Object.values(properties)) collect(value);
  }
}

const pair: fc.Arbitrary<Pair> = fc
  .tuple(
    schema,
    schema,
    fc.nat(),
    fc.constantFrom('changed', 'changed', 'changed', 'other'),
    fc.boolean(),
  )
  // The draft of most registries.
  .filter(([one, other]) => [one, other].every((root) => JSON.stringify(root).length < 1_000))
  .map(([one, other, seed, how, swapped]) => {
    const second = how === 'other' ? other : changed(one, seed);
    const [before, after] = (swapped ? [second, one] : [one, second]).map((root) =>
      JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...(root as object) }),
    );
    return { before, after } as Pair;
  });

export const pairs = (runs: number): Pair[] => fc.sample(pair, { numRuns: runs, seed: 7 });
