/** Pairs of .proto files: one made at random, and one that is changed a little, or is another. */
import fc from 'fast-check';

type Pair = { readonly before: string; readonly after: string };
type Field = { name: string; type: string; tag: number; label: '' | 'repeated '; oneof: boolean };
type Message = { name: string; fields: Field[]; reserved: string[] };
type File = { package: string; messages: Message[]; values: string[] };

const scalar = fc.constantFrom(
  ...['int32', 'int64', 'uint32', 'bool', 'sint32', 'sint64', 'string', 'bytes'],
  ...['fixed32', 'sfixed32', 'fixed64', 'float', 'double'],
);

const field = fc.record<Field>({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  type: fc.oneof(
    { weight: 6, arbitrary: scalar },
    { weight: 1, arbitrary: fc.constantFrom('One', 'Two', 'State') },
    { weight: 1, arbitrary: scalar.map((type) => `map<string, ${type}>`) },
  ),
  tag: fc.integer({ min: 1, max: 6 }),
  label: fc.constantFrom('', '', 'repeated '),
  oneof: fc.boolean(),
});

const message = (name: string) =>
  fc.uniqueArray(field, { selector: ({ tag }) => tag, minLength: 1, maxLength: 5 }).map(
    (fields): Message => ({
      name,
      reserved: [],
      fields: fields.filter(
        ({ name: own }, index) => fields.findIndex(({ name: other }) => other === own) === index,
      ),
    }),
  );

const file = fc.record<File>({
  package: fc.constantFrom('shop', 'shop', 'shop', ''),
  messages: fc.tuple(message('One'), message('Two')),
  values: fc.subarray(['NEW', 'PAID', 'SENT'], { minLength: 1 }),
});

const isSimple = ({ label, type }: Field) => label === '' && !type.startsWith('map<');

function written({ package: name, messages, values }: File): string {
  const line = ({ label, type, name: own, tag }: Field) =>
    `  ${type.startsWith('map<') ? '' : label}${type} ${own} = ${tag};`;
  return [
    'syntax = "proto3";',
    ...(name === '' ? [] : [`package ${name};`]),
    ...messages.flatMap((one) => {
      const chosen = one.fields.filter((each) => each.oneof && isSimple(each));
      const others = one.fields.filter((each) => !chosen.includes(each));
      return [
        `message ${one.name} {`,
        ...one.reserved.map((words) => `  reserved ${words};`),
        ...others.map(line),
        ...(chosen.length > 0 ? ['  oneof choice {', ...chosen.map(line), '  }'] : []),
        '}',
      ];
    }),
    'enum State {',
    '  UNKNOWN = 0;',
    ...values.map((value, index) => `  ${value} = ${index + 1};`),
    '}',
    '',
  ].join('\n');
}

/** One small change, as a person would make it. */
function changed(one: File, seed: number): File {
  const copy = structuredClone(one);
  const places: (() => void)[] = [
    () => {
      copy.package = 'store';
    },
    () => copy.values.push('LOST'),
    () => copy.messages.splice(1, 1),
    () => copy.messages.reverse(),
  ];
  for (const each of copy.messages) {
    places.push(() =>
      each.fields.push({ name: 'added', type: 'string', tag: 9, label: '', oneof: false }),
    );
    for (const [index, own] of each.fields.entries())
      places.push(
        () => each.fields.splice(index, 1),
        () => {
          each.fields.splice(index, 1);
          each.reserved.push(`${own.tag}`, `"${own.name}"`);
        },
        () => {
          own.tag = 12;
        },
        () => {
          own.name = 'renamed';
        },
        () => {
          own.type = 'int64';
        },
        () => {
          own.type = 'string';
        },
        () => {
          own.label = own.label === '' ? 'repeated ' : '';
        },
        () => {
          own.oneof = !own.oneof;
        },
      );
  }
  places[seed % places.length]?.();
  return copy;
}

const pair: fc.Arbitrary<Pair> = fc
  .tuple(
    file,
    file,
    fc.nat(),
    fc.constantFrom('changed', 'changed', 'changed', 'other', 'same'),
    fc.boolean(),
  )
  .map(([one, other, seed, how, swapped]) => {
    const second = how === 'other' ? other : how === 'same' ? one : changed(one, seed);
    const [before, after] = (swapped ? [second, one] : [one, second]).map(written);
    return { before, after } as Pair;
  });

export const pairs = (runs: number): Pair[] => fc.sample(pair, { numRuns: runs, seed: 11 });
