/** Pairs of Avro schemas: one made at random, and one that is changed a little, or is another. */
import fc from 'fast-check';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Pair = { readonly reader: string; readonly writer: string };

const primitive = fc.constantFrom(
  ...['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'],
);
const name = fc.constantFrom('A', 'B', 'C', 'x.A', 'x.B', 'y.A');
const fieldName = fc.constantFrom('a', 'b', 'c', 'd');
const symbol = fc.constantFrom('P', 'Q', 'R', 'S');

/** Names are often defined twice or never: that such texts are refused is compared too. */
const { type } = fc.letrec<{ type: Json; record: Json; union: Json }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 4, arbitrary: primitive },
    { weight: 1, arbitrary: name },
    {
      weight: 1,
      arbitrary: fc.record({
        type: primitive,
        logicalType: fc.constantFrom('date', 'timestamp-millis', 'decimal', 'uuid'),
      }),
    },
    { weight: 2, arbitrary: tie('union') },
    { weight: 4, arbitrary: tie('record') },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('array'), items: tie('type') }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('map'), values: tie('type') }) },
    {
      weight: 1,
      arbitrary: fc.record(
        {
          type: fc.constant('enum'),
          name,
          symbols: fc.uniqueArray(symbol, { minLength: 1 }),
          default: symbol,
        },
        { requiredKeys: ['type', 'name', 'symbols'] },
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('fixed'),
        name,
        size: fc.integer({ min: 1, max: 3 }),
      }),
    },
  ),
  union: fc.array(tie('type'), { minLength: 1, maxLength: 3 }),
  record: fc.record(
    {
      type: fc.constant('record'),
      name,
      namespace: fc.constantFrom('x', 'y', ''),
      aliases: fc.array(name, { maxLength: 1 }),
      fields: fc.uniqueArray(
        fc.record(
          {
            name: fieldName,
            type: tie('type'),
            default: fc.constantFrom<Json>(null, 0, 1.5, 2 ** 40, '', 'P', '7', true, [], {}),
            aliases: fc.uniqueArray(fieldName, { maxLength: 1 }),
          },
          { requiredKeys: ['name', 'type'] },
        ),
        { selector: (field) => field.name, maxLength: 4 },
      ),
    },
    { requiredKeys: ['type', 'name', 'fields'] },
  ) as fc.Arbitrary<Json>,
}));

/** One small change somewhere, as a person would make it, and sometimes a mistake. */
function changed(schema: Json, seed: number): Json {
  const copy = structuredClone(schema);
  const places: (() => void)[] = [];
  collect(copy, () => {});
  places[seed % Math.max(places.length, 1)]?.();
  return copy;

  function collect(node: Json, put: (value: Json) => void): void {
    if (typeof node === 'string') {
      places.push(
        () => put('long'),
        () => put('string'),
        () => put(['null', node]),
      );
      return;
    }
    if (Array.isArray(node)) {
      places.push(
        () => node.push('double'),
        () => node.pop(),
        () => node.reverse(),
      );
      for (const [index, item] of node.entries())
        collect(item, (value) => {
          node[index] = value;
        });
      return;
    }
    if (node === null || typeof node !== 'object') return;
    places.push(() => put(['null', node]));
    if (Array.isArray(node.symbols)) {
      const { symbols } = node;
      places.push(
        () => symbols.push('T'),
        () => symbols.pop(),
        () => {
          node.default = symbols[0] ?? '';
        },
      );
    }
    if (typeof node.size === 'number')
      places.push(() => {
        node.size = 4;
      });
    if (typeof node.name === 'string' && node.type !== undefined)
      places.push(
        () => {
          node.name = 'Z';
        },
        () => {
          node.namespace = 'z';
        },
      );
    for (const key of ['items', 'values'] as const) {
      const part = node[key];
      if (part !== undefined)
        collect(part, (value) => {
          node[key] = value;
        });
    }
    if (!Array.isArray(node.fields)) return;
    const fields = node.fields as { [key: string]: Json }[];
    places.push(
      () => fields.push({ name: 'e', type: 'int' }),
      () => fields.push({ name: 'e', type: 'int', default: 0 }),
      () => fields.push({ name: 'e', type: ['null', 'string'], default: null }),
      () => fields.pop(),
      () => fields.reverse(),
    );
    for (const field of fields) {
      places.push(
        () => void delete field.default,
        () => {
          field.aliases = [field.name ?? ''];
          field.name = 'renamed';
        },
      );
      if (field.type !== undefined)
        collect(field.type, (value) => {
          field.type = value;
        });
    }
  }
}

const pair: fc.Arbitrary<Pair> = fc
  .tuple(
    type,
    type,
    fc.nat(),
    fc.constantFrom('changed', 'changed', 'changed', 'other'),
    fc.boolean(),
  )
  .map(([one, other, seed, how, swapped]) => {
    const second = how === 'other' ? other : changed(one, seed);
    const [reader, writer] = (swapped ? [one, second] : [second, one]).map((s) =>
      JSON.stringify(s),
    );
    return { reader, writer } as Pair;
  });

export const pairs = (count: number): Pair[] => fc.sample(pair, { numRuns: count, seed: 20 });
