import type { Place } from '../../../files/place.ts';
import { avroFields, beside } from '../../../schemas/avro/lint.ts';
import { isMoney } from '../../../schemas/names.ts';
import { allTypes } from '../../../schemas/protobuf/model.ts';
import type { Rule } from '../../rule.ts';
import { type ReadSchema, schemasOf } from '../../schemas.ts';

export const moneyAsFraction: Rule = {
  code: 'KV006',
  title: 'Money as a floating-point number',
  severity: 'warning',
  confidence: 'medium',
  story:
    'A tenth has no exact value in binary: sums of a day are off by a cent, and two services that add in another order disagree about the total.',
  source: 'IEEE 754; Avro specification, Decimal; google.type.Money',
  noFix: 'the type is part of what is written: it changes with a new field',
  *check(known) {
    for (const schema of schemasOf(known))
      for (const { name, type, at } of fractions(schema))
        if (isMoney(name))
          yield {
            at,
            says: `${name} is a ${type}.`,
            next:
              schema.parsed.format === 'avro'
                ? 'Use bytes with the logicalType decimal, or a long of the smallest unit.'
                : 'Use an int64 of the smallest unit, or google.type.Money.',
          };
  },
};

type Fraction = { readonly name: string; readonly type: string; readonly at: Place };

function* fractions({ parsed, place }: ReadSchema): Generator<Fraction> {
  if (parsed.format === 'avro')
    for (const { field } of avroFields(parsed.schema.root)) {
      const { kind } = beside(field.type);
      if (kind === 'double' || kind === 'float')
        yield { name: field.name, type: kind, at: place(field.nameAt) };
    }
  if (parsed.format === 'protobuf')
    for (const type of allTypes(parsed.file.types))
      if (type.kind === 'message')
        for (const field of type.fields)
          if (/^(double|float)$/.test(field.type))
            yield { name: field.name, type: field.type, at: place(field.nameAt) };
}
